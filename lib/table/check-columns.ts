import type { ArtifactContract, Column } from '../contract.ts';
import type { ContractCheck, FileColumn } from './contract-report.ts';
import { logicalType, sqlType } from './contract-schema.ts';
import type { Sql } from './sql.ts';

/** The columns of a Parquet file, in order. */
export async function fileColumns(sql: Sql, filePath: string): Promise<FileColumn[]> {
  const described = await sql.rows('DESCRIBE SELECT * FROM read_parquet($filePath)', { filePath });
  return described.map(({ column_name, column_type }) => {
    const typeName = String(column_type);
    const foreign = typeName.toUpperCase() as Uppercase<string>; // what toUpperCase gives
    return { name: String(column_name), type: logicalType(typeName) ?? foreign };
  });
}

/** Whether a file has exactly the contract's columns: names, order and types. */
export function checkColumns(actual: readonly FileColumn[], contract: ArtifactContract): ContractCheck {
  const problems = columnProblems(actual, contract.columns);
  return {
    name: 'columns',
    level: 'fail',
    passed: problems.length === 0,
    figure: problems.length,
    detail: problems.length === 0 ? `${actual.length} columns as promised` : problems.join('; '),
  };
}

function columnProblems(actual: readonly FileColumn[], promised: readonly Column[]): string[] {
  const actualByName = new Map(actual.map((column) => [column.name, column]));
  const promisedNames = new Set(promised.map((column) => column.name));
  const missing = promised
    .filter(({ name }) => !actualByName.has(name))
    .map(({ name }) => `column '${name}' is missing`);
  const unknown = actual
    .filter(({ name }) => !promisedNames.has(name))
    .map(({ name }) => `column '${name}' is not in the contract`);
  const mistyped = promised.flatMap(({ name, type }) => {
    const found = actualByName.get(name);
    return found && found.type !== type
      ? [`column '${name}' is ${found.type} and should be ${type} (${sqlType(type)} in the file)`]
      : [];
  });
  if (missing.length + unknown.length > 0) return [...missing, ...unknown, ...mistyped];
  const first = promised.findIndex(({ name }, index) => actual[index]?.name !== name);
  const misplaced =
    first < 0 ? [] : [`column ${first + 1} is '${actual[first]?.name}' and should be '${promised[first]?.name}'`];
  return [...mistyped, ...misplaced];
}
