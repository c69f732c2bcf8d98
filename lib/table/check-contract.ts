import { dirname } from 'node:path';
import type { ArtifactContract } from '../contract.ts';
import { checkColumns, fileColumns } from './check-columns.ts';
import { checkKey, checkNulls, checkRules } from './check-rows.ts';
import type { ContractCheck, ContractReport } from './contract-report.ts';
import { rowsSha256 } from './rows-sha256.ts';
import { openSql, type Sql, type SqlOptions } from './sql.ts';

/** What the file is compared with, and what checking it may use. */
export interface CheckOptions extends Partial<SqlOptions> {
  /** Rows of the version that this file would replace; without it, any number of rows will do. */
  readonly previousRows?: number;
}

/**
 * Checks a Parquet file against everything its contract promises. Broken promises are answered, not thrown.
 *
 * With other columns than the contract's, the rules about rows mean nothing: then `columns` is the only check besides
 * `rows`.
 *
 * @default options.workFolder the file's folder
 */
export async function checkContract(
  filePath: string,
  contract: ArtifactContract,
  options: CheckOptions = {},
): Promise<ContractReport> {
  await using sql = await openSql({ workFolder: dirname(filePath), ...options });
  const columns = await fileColumns(sql, filePath);
  const columnCheck = checkColumns(columns, contract);
  const rows = await countRows(sql, filePath);
  const rowChecks = columnCheck.passed
    ? [
        await checkNulls(sql, filePath, contract),
        ...(await checkKey(sql, filePath, contract)),
        ...(await checkRules(sql, filePath, contract)),
      ]
    : [];
  return {
    rows,
    rowsSha256: await rowsSha256(
      sql,
      filePath,
      columns.map((column) => column.name),
    ),
    columns,
    checks: [columnCheck, checkRowCount(rows, contract, options.previousRows), ...rowChecks],
  };
}

async function countRows(sql: Sql, filePath: string): Promise<number> {
  const [counted] = await sql.rows('SELECT count(*) AS n FROM read_parquet($filePath)', { filePath });
  return Number(counted?.n);
}

function checkRowCount(rows: number, contract: ArtifactContract, previousRows: number | undefined): ContractCheck {
  const check = { name: 'rows', level: 'fail', figure: rows } as const;
  if (previousRows === undefined) return { ...check, passed: true, detail: `${count(rows)} rows; no earlier version` };
  const ratio = contract.minRowsRatio ?? 0.99;
  const fewest = Math.ceil(previousRows * ratio);
  const passed = rows >= fewest;
  const compared = `${count(rows)} rows; the previous version has ${count(previousRows)}`;
  return {
    ...check,
    passed,
    detail: passed ? compared : `${compared} and at least ${count(fewest)} are required (minRowsRatio ${ratio})`,
  };
}

function count(rows: number): string {
  return rows.toLocaleString('en-US');
}
