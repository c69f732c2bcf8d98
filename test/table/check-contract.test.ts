import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArtifactContract, columns } from '../../lib/contract.ts';
import { type CheckOptions, checkContract } from '../../lib/table/check-contract.ts';
import { failedChecks } from '../../lib/table/contract-report.ts';
import { selectColumns } from '../../lib/table/contract-schema.ts';
import { previewRows } from '../../lib/table/preview-rows.ts';
import { openSql } from '../../lib/table/sql.ts';
import { writeParquet } from '../../lib/table/write-parquet.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-contract-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const blocks: ArtifactContract = {
  name: 'blocks',
  description: 'Blocks of credits',
  columns: columns({ serial: 'string', quantity: 'int', retired: 'date?' }),
  key: { columns: ['serial'], onDuplicate: 'warn' },
  rules: [{ name: 'quantity not negative', holds: 'quantity >= 0', onFailure: 'fail' }],
};

const goodRows = `FROM (VALUES ('a', 1::BIGINT, NULL::DATE), ('b', 2, DATE '2026-01-31')) t(serial, quantity, retired)`;

async function fileOf(query: string): Promise<string> {
  await using sql = await openSql({ workFolder: folder, threads: 1, memoryMiB: 256 });
  const file = join(folder, 'data.parquet');
  await writeParquet(sql, query, file);
  return file;
}

async function check(query: string, contract: ArtifactContract = blocks, options: CheckOptions = {}) {
  return await checkContract(await fileOf(query), contract, { threads: 1, memoryMiB: 256, ...options });
}

describe('lists', () => {
  it('are known by the types of what they hold', async () => {
    const contract: ArtifactContract = {
      name: 'documents',
      description: 'Documents with topics and tags',
      columns: columns({ topics: 'string[]', tags: '{created_at: ts, name: string}[]', vector: 'float[]' }),
      rules: [],
    };
    const row = "SELECT ['law'] AS topics, [{created_at: TIMESTAMP '2024-11-04', name: 'a'}] AS tags, [1.5] AS vector";

    const asPromised = await check(selectColumns(contract.columns, `(${row})`), contract);
    const mistyped = await check(`SELECT * REPLACE ([1] AS topics, [1.5::FLOAT] AS vector) FROM (${row})`, contract);

    expect(failedChecks(asPromised)).toEqual([]);
    expect(failedChecks(mistyped).map(({ detail }) => detail)).toEqual([
      "column 'topics' is INTEGER[] and should be string[] (VARCHAR[] in the file); column 'vector' is FLOAT[] and should be float[] (DOUBLE[] in the file)",
    ]);
  });
});

describe('checkContract', () => {
  it('reports every promise of a file that keeps them all', async () => {
    const report = await check(goodRows);

    expect(report).toEqual({
      rows: 2,
      rowsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      columns: [
        { name: 'serial', type: 'string' },
        { name: 'quantity', type: 'int' },
        { name: 'retired', type: 'date' },
      ],
      checks: [
        { name: 'columns', level: 'fail', passed: true, figure: 0, detail: '3 columns as promised' },
        { name: 'rows', level: 'fail', passed: true, figure: 2, detail: '2 rows; no earlier version' },
        { name: 'nulls', level: 'fail', passed: true, figure: 0, detail: 'no nulls in 2 required columns' },
        { name: 'key', level: 'warn', passed: true, figure: 0, detail: 'every row has its own serial' },
        {
          name: 'quantity not negative',
          level: 'fail',
          passed: true,
          figure: 0,
          detail: '0 of 2 rows break: quantity >= 0',
        },
      ],
    });
    expect(failedChecks(report)).toEqual([]);
  });

  it.each([
    {
      name: 'a missing column',
      query: `SELECT 'a' AS serial, 1::BIGINT AS quantity`,
      detail: `column 'retired' is missing`,
    },
    {
      name: 'a column too many',
      query: `SELECT *, 1 AS extra ${goodRows}`,
      detail: `column 'extra' is not in the contract`,
    },
    {
      name: 'other types',
      query: `SELECT serial, quantity::INT AS quantity, retired::TIMESTAMP AS retired ${goodRows}`,
      detail: `column 'quantity' is INTEGER and should be int (BIGINT in the file); column 'retired' is ts and should be date (DATE in the file)`,
    },
    {
      name: 'another order',
      query: `SELECT serial, retired, quantity ${goodRows}`,
      detail: `column 2 is 'retired' and should be 'quantity'`,
    },
  ])('fails $name and checks no rows', async ({ query, detail }) => {
    const report = await check(query);

    expect(report.checks.map(({ name, passed }) => ({ name, passed }))).toEqual([
      { name: 'columns', passed: false },
      { name: 'rows', passed: true },
    ]);
    expect(failedChecks(report)).toMatchObject([{ name: 'columns', detail }]);
  });

  it('counts nulls in required columns and shows where', async () => {
    const report = await check(
      `FROM (VALUES ('a', 1::BIGINT, NULL::DATE), ('b', NULL, NULL), (NULL, NULL, NULL)) t(serial, quantity, retired)`,
    );

    expect(failedChecks(report)[0]).toEqual({
      name: 'nulls',
      level: 'fail',
      passed: false,
      figure: 3,
      detail: `null where a value is required: serial (1 rows), quantity (2 rows); first rows: serial="b", serial=null`,
    });
  });

  it('counts surplus rows of a key', async () => {
    const query = `FROM (VALUES ('b', 1::BIGINT, NULL::DATE), ('a', 1, NULL), ('b', 2, NULL), ('b', 3, NULL)) t(serial, quantity, retired)`;

    const warned = await check(query);
    const failed = await check(query, { ...blocks, key: { columns: ['serial'], onDuplicate: 'fail' } });

    const detail = '1 values of serial occur more than once, such as serial="b" 3 times';
    expect(failedChecks(warned)).toEqual([]);
    expect(warned.checks).toContainEqual({ name: 'key', level: 'warn', passed: false, figure: 2, detail });
    expect(failedChecks(failed)).toEqual([{ name: 'key', level: 'fail', passed: false, figure: 2, detail }]);
  });

  const tenRows = `SELECT 's' || i AS serial, i::BIGINT AS quantity, NULL::DATE AS retired FROM range(10) t(i)`;

  it.each([
    { name: 'a broken rule', holds: 'quantity < 8', toleratedShare: undefined, passed: false, figure: 2 },
    { name: 'null as broken', holds: 'retired IS NULL AND (quantity <> 1 OR NULL)', passed: false, figure: 1 },
    { name: 'a tolerated share that is kept', holds: 'quantity < 8', toleratedShare: 0.2, passed: true, figure: 2 },
    {
      name: 'a tolerated share that is exceeded',
      holds: 'quantity < 7',
      toleratedShare: 0.2,
      passed: false,
      figure: 3,
    },
  ])('reports $name', async ({ holds, toleratedShare, passed, figure }) => {
    const tolerance = toleratedShare === undefined ? {} : { toleratedShare };
    const rule = { name: 'r', holds, onFailure: 'fail' as const, ...tolerance };

    const report = await check(tenRows, { ...blocks, rules: [rule] });

    expect(report.checks.at(-1)).toMatchObject({ name: 'r', passed, figure });
  });

  it('names at most five rows that break a rule: by key, or by position where there is none', async () => {
    const rules = [{ name: 'r', holds: 'quantity < 2', onFailure: 'warn' as const }];
    const { key: _, ...keyless } = blocks;

    const byKey = await check(tenRows, { ...blocks, rules });
    const byPosition = await check(tenRows, { ...keyless, rules });

    expect(byKey.checks.at(-1)?.detail).toBe(
      '8 of 10 rows break: quantity < 2; first rows: serial="s2", serial="s3", serial="s4", serial="s5", serial="s6"',
    );
    expect(byPosition.checks.at(-1)?.detail).toBe(
      '8 of 10 rows break: quantity < 2; first rows: row 3, row 4, row 5, row 6, row 7',
    );
  });

  it('throws for a rule that is not SQL over the columns: that is a bug, not data', async () => {
    const rules = [{ name: 'r', holds: 'nope > 1', onFailure: 'warn' as const }];

    await expect(check(goodRows, { ...blocks, rules })).rejects.toThrow(
      `rule 'r' of contract 'blocks' is not valid SQL over its columns`,
    );
  });

  it.each([
    { previousRows: 10, minRowsRatio: undefined, passed: true, detail: '10 rows; the previous version has 10' },
    { previousRows: 5, minRowsRatio: 1, passed: true, detail: '10 rows; the previous version has 5' },
    { previousRows: 20, minRowsRatio: 0.5, passed: true, detail: '10 rows; the previous version has 20' },
    {
      previousRows: 11,
      minRowsRatio: undefined,
      passed: false,
      detail: '10 rows; the previous version has 11 and at least 11 are required (minRowsRatio 0.99)',
    },
    {
      previousRows: 1200,
      minRowsRatio: 1,
      passed: false,
      detail: '10 rows; the previous version has 1,200 and at least 1,200 are required (minRowsRatio 1)',
    },
  ])(
    'compares 10 rows with $previousRows before at ratio $minRowsRatio',
    async ({ previousRows, minRowsRatio, ...expected }) => {
      const contract = minRowsRatio === undefined ? blocks : { ...blocks, minRowsRatio };

      const report = await check(tenRows, contract, { previousRows });

      expect(report.checks[1]).toMatchObject({ name: 'rows', level: 'fail', figure: 10, ...expected });
    },
  );

  it('fails for a file that is not Parquet', async () => {
    const file = join(folder, 'data.parquet');
    await writeFile(file, 'not a table');

    await expect(checkContract(file, blocks)).rejects.toThrow(/too small to be a Parquet file/);
  });
});

it('previews the first rows', async () => {
  expect(await previewRows(await fileOf(goodRows), 1)).toEqual([{ serial: 'a', quantity: 1, retired: null }]);
});

it('selects exactly the columns of a contract, in its types and order', async () => {
  const loose = `(SELECT '2026-01-31' AS retired, 5::INT AS quantity, 12 AS serial, 'x' AS extra)`;

  const report = await check(selectColumns(blocks.columns, loose));

  expect(failedChecks(report)).toEqual([]);
});
