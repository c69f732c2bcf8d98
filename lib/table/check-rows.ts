import type { ArtifactContract, RowRule } from '../contract.ts';
import type { ContractCheck } from './contract-report.ts';
import { quoteName, quoteText } from './quote.ts';
import type { Sql } from './sql.ts';

/** Most rows that are named when a check fails. */
const exampleCount = 5;

/** Whether the columns that are not nullable hold no null; one check for all of them. */
export async function checkNulls(sql: Sql, filePath: string, contract: ArtifactContract): Promise<ContractCheck> {
  const required = contract.columns.filter((column) => !column.nullable).map((column) => column.name);
  const counts = await countWhere(
    sql,
    filePath,
    required.map((name) => `${quoteName(name)} IS NULL`),
  );
  const broken = required.flatMap((name, index) => {
    const nulls = counts[index] ?? 0;
    return nulls > 0 ? [{ name, nulls }] : [];
  });
  const check = { name: 'nulls', level: 'fail', figure: broken.reduce((sum, { nulls }) => sum + nulls, 0) } as const;
  if (broken.length === 0) return { ...check, passed: true, detail: `no nulls in ${required.length} required columns` };
  const anyNull = broken.map(({ name }) => `${quoteName(name)} IS NULL`).join(' OR ');
  const found = broken.map(({ name, nulls }) => `${name} (${nulls.toLocaleString('en-US')} rows)`);
  const detail = `null where a value is required: ${found.join(', ')}; ${await examples(sql, filePath, { contract, where: anyNull })}`;
  return { ...check, passed: false, detail };
}

/** Whether the key's columns identify a row; no check when the contract has no key. */
export async function checkKey(sql: Sql, filePath: string, contract: ArtifactContract): Promise<ContractCheck[]> {
  if (!contract.key) return [];
  const columns = contract.key.columns.map(quoteName).join(', ');
  const duplicates = `
    SELECT ${columns}, count(*) AS copies FROM read_parquet(${quoteText(filePath)})
    GROUP BY ${columns} HAVING count(*) > 1`;
  const [found] = await sql.rows(
    `SELECT count(*) AS keys, coalesce(sum(copies - 1), 0) AS surplus FROM (${duplicates})`,
  );
  const figure = Number(found?.surplus);
  const check = { name: 'key', level: contract.key.onDuplicate, passed: figure === 0, figure } as const;
  const key = contract.key.columns.join(', ');
  if (check.passed) return [{ ...check, detail: `every row has its own ${key}` }];
  const samples = await sql.rows(`${duplicates} ORDER BY ${columns} LIMIT ${exampleCount}`);
  const named = samples.map((sample) => `${describeKey(sample, contract)} ${sample.copies} times`).join(', ');
  const keys = Number(found?.keys).toLocaleString('en-US');
  return [{ ...check, detail: `${keys} values of ${key} occur more than once, such as ${named}` }];
}

/** Whether the rows keep the contract's rules, each within its tolerated share. */
export async function checkRules(sql: Sql, filePath: string, contract: ArtifactContract): Promise<ContractCheck[]> {
  for (const rule of contract.rules) await refuseInvalidRule(sql, filePath, { contract, rule });
  const counts = await countWhere(sql, filePath, ['true', ...contract.rules.map(breaks)]);
  const rows = counts[0] ?? 0;
  const checks: ContractCheck[] = [];
  for (const [index, rule] of contract.rules.entries()) {
    const failing = counts[index + 1] ?? 0;
    const tolerated = Math.floor((rule.toleratedShare ?? 0) * rows);
    const check = { name: rule.name, level: rule.onFailure, passed: failing <= tolerated, figure: failing } as const;
    const seen = `${failing.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} rows break: ${rule.holds}`;
    const limit = rule.toleratedShare === undefined ? '' : ` (${tolerated.toLocaleString('en-US')} are tolerated)`;
    const named = check.passed ? '' : `; ${await examples(sql, filePath, { contract, where: breaks(rule) })}`;
    checks.push({ ...check, detail: `${seen}${limit}${named}` });
  }
  return checks;
}

/** A rule that is false or null for a row is broken by it. */
function breaks(rule: RowRule): string {
  return `(${rule.holds}) IS NOT TRUE`;
}

/** A mistake in a rule is a mistake in the contract's code, whatever the data; so it is thrown. */
async function refuseInvalidRule(
  sql: Sql,
  filePath: string,
  { contract, rule }: { contract: ArtifactContract; rule: RowRule },
): Promise<void> {
  try {
    await sql.run(`SELECT ${breaks(rule)} FROM read_parquet(${quoteText(filePath)}) LIMIT 0`);
  } catch (error) {
    throw new Error(`rule '${rule.name}' of contract '${contract.name}' is not valid SQL over its columns`, {
      cause: error,
    });
  }
}

async function countWhere(sql: Sql, filePath: string, conditions: readonly string[]): Promise<number[]> {
  if (conditions.length === 0) return [];
  const counts = conditions.map((condition, index) => `count(*) FILTER (WHERE ${condition}) AS c${index}`);
  const [row] = await sql.rows(`SELECT ${counts.join(', ')} FROM read_parquet(${quoteText(filePath)})`);
  return Object.values(row ?? {}).map(Number);
}

async function examples(
  sql: Sql,
  filePath: string,
  { contract, where }: { contract: ArtifactContract; where: string },
): Promise<string> {
  const key = contract.key?.columns.map(quoteName) ?? [];
  const rows = await sql.rows(
    `SELECT ${[...key, 'file_row_number + 1 AS row_number'].join(', ')}
     FROM read_parquet(${quoteText(filePath)}, file_row_number = true)
     WHERE ${where} ORDER BY file_row_number LIMIT ${exampleCount}`,
  );
  return `first rows: ${rows.map((row) => describeKey(row, contract)).join(', ')}`;
}

/** `serial_number='1-2'`; without a key, `row 7`. */
function describeKey(row: Readonly<Record<string, unknown>>, contract: ArtifactContract): string {
  if (!contract.key) return `row ${row.row_number}`;
  return contract.key.columns.map((name) => `${name}=${JSON.stringify(row[name])}`).join(' ');
}
