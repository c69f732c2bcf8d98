import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { root } from '../../support/source-files.ts';
import { betterOutcomes } from './better-outcomes.ts';
import { expectAlike, expectSameFile } from './compare-outputs.ts';
import { decodeTile } from './decode-tile.ts';
import { type Case, type CaseResult, runCase } from './run-case.ts';

const folder = join(root, '../shared/data/geo-timeseries/cases');
const notFunctions = ['tile_math.json', 'number_formatting.json', 'whole_run.json'];
const files = globSync('*.json', { cwd: folder })
  .filter((file) => !notFunctions.includes(file))
  .sort();
const cases: Case[] = files.flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).cases);

describe.skipIf(!existsSync(folder))('the cases of the original', () => {
  let sql: Sql;
  let workFolder: string;
  beforeAll(async () => {
    workFolder = await mkdtemp(join(tmpdir(), 'geo-cases-'));
    sql = await openSql({ workFolder, threads: 1, memoryMiB: 512 });
  });
  afterAll(async () => {
    await sql.close();
    await rm(workFolder, { recursive: true });
  });

  it.each(cases.map((one) => ({ one, title: `${one.function}: ${one.name}` })))('$title', async ({ one }) => {
    const better = betterOutcomes[`${one.function}: ${one.name}`];
    const { expected } = better ?? one;

    if (expected.error) {
      await expect(runCase(sql, one)).rejects.toThrow(better?.expected.error ?? expected.error.message);
    } else if (expected.signal?.kind === 'FAIL') {
      await expect(runCase(sql, one)).rejects.toThrow(expected.signal.message);
    } else {
      expectResult(await runCase(sql, one), expected);
    }
  });

  it('has a better outcome for every defect, and for nothing that is not there', () => {
    const defects = cases.filter(({ note }) => note?.includes('DEFECT')).map((one) => `${one.function}: ${one.name}`);

    expect(
      Object.keys(betterOutcomes)
        .filter((name) => !name.endsWith('x_value_not_numeric'))
        .sort(),
    ).toEqual(defects.sort());
  });
});

function expectResult(result: CaseResult, expected: Case['expected']): void {
  expect(result.skip).toBe(expected.signal?.message);
  if (expected.returns) expectReturns(result.returns, expected.returns);
  const made = [...(result.files ?? new Map()).keys()].sort();
  const expectedFiles: { path: string; format: 'csv' | 'json' | 'tile' }[] = expected.files ?? [];
  expect(made).toEqual(expectedFiles.map(({ path }) => path).sort());
  for (const file of expectedFiles) expectSameFile(contentOf(result, file), file, file.path);
}

function contentOf({ files }: CaseResult, { path, format }: { path: string; format: string }): unknown {
  const body = files?.get(path);
  if (format === 'csv') return body;
  return typeof body === 'string' ? JSON.parse(body) : decodeTile(body ?? new Uint8Array());
}

function expectReturns(actual: unknown, expected: Readonly<Record<string, unknown>>): void {
  const found = actual as Readonly<Record<string, unknown>>; // each function of the runner answers an object
  for (const [name, value] of Object.entries(expected)) {
    if (name === 'table') expectTable(found.table, value);
    else expectAlike(sorted(found[name]), sorted(value), name);
  }
}

/** Lists of features come in any order; a summary is a list of objects, by name. */
function sorted(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return [...value].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function expectTable(actual: unknown, expected: unknown): void {
  const [found, wanted] = [actual, expected].map((table) => asTable(table));

  expect(found?.columns).toEqual(wanted?.columns);
  expectAlike(found?.rows, wanted?.rows, 'rows');
}

/** Columns by name and rows in one order: between steps, the order of columns is nobody's business. */
function asTable(table: unknown): { columns: string[]; rows: unknown[][] } {
  const { columns, rows } = table as { columns: (string | { name: string; type: string })[]; rows: unknown[][] }; // both shapes
  const isText = (index: number) => {
    const column = columns[index];
    return typeof column === 'object' && column.type === 'mixed';
  };
  const names = columns.map((column) => (typeof column === 'string' ? column : column.name));
  const order = [...names.keys()].sort((a, b) => ((names[a] ?? '') < (names[b] ?? '') ? -1 : 1));
  const cells = rows.map((row) =>
    order.map((index) => (row[index] !== null && isText(index) ? String(row[index]) : row[index])),
  );
  return {
    columns: order.map((index) => names[index] ?? ''),
    rows: cells.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)),
  };
}

function sortKey(row: readonly unknown[]): string {
  return JSON.stringify(row.map((cell) => (typeof cell === 'number' ? cell.toPrecision(9) : cell)));
}

describe.skipIf(!existsSync(folder))('the folder of cases', () => {
  it('is known as a whole', () => {
    expect(
      globSync('*.json', { cwd: folder })
        .map((file) => basename(file))
        .sort(),
    ).toEqual([...files, ...notFunctions].sort());
  });
});
