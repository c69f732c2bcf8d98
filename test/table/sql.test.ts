import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../../lib/table/sql.ts';

let folder: string;
let sql: Sql;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sql-'));
  sql = await openSql({ workFolder: folder, threads: 1, memoryMiB: 256 });
});

afterEach(async () => {
  await sql.close();
  await rm(folder, { recursive: true });
});

describe('rows', () => {
  it.each([
    { name: 'a string', query: `'x'`, expected: 'x' },
    { name: 'null', query: 'NULL', expected: null },
    { name: 'a bool', query: 'true', expected: true },
    { name: 'a 64-bit int as a number', query: '9007199254740991::BIGINT', expected: 9007199254740991 },
    { name: 'a sum of ints as a number', query: '(SELECT sum(i) FROM range(4) t(i))', expected: 6 },
    { name: 'a float', query: '0.1::DOUBLE', expected: 0.1 },
    { name: 'a decimal as a number', query: '1.25::DECIMAL(9, 3)', expected: 1.25 },
    { name: 'infinity as a text', query: `'-infinity'::DOUBLE`, expected: '-Infinity' },
    { name: 'a date as its day', query: `DATE '2026-01-31'`, expected: '2026-01-31' },
    { name: 'a ts as ISO text', query: `TIMESTAMP '2026-01-31 10:00:00.5'`, expected: '2026-01-31T10:00:00.500Z' },
    {
      name: 'the microseconds of a ts',
      query: `TIMESTAMP '2026-01-31 10:00:00.000007'`,
      expected: '2026-01-31T10:00:00.000007Z',
    },
    {
      name: 'the microseconds of a ts before 1970',
      query: `TIMESTAMP '1969-12-31 23:59:59.999999'`,
      expected: '1969-12-31T23:59:59.999999Z',
    },
    {
      name: 'a zoned instant in UTC',
      query: `TIMESTAMPTZ '2026-01-31 10:00:00+02'`,
      expected: '2026-01-31T08:00:00.000Z',
    },
    { name: 'lists and structs', query: `{a: [1, 2], b: DATE '2026-01-31'}`, expected: { a: [1, 2], b: '2026-01-31' } },
    { name: 'what JSON lacks as a text', query: `TIME '10:11:12'`, expected: '10:11:12' },
  ])('gives $name', async ({ query, expected }) => {
    expect(await sql.rows(`SELECT ${query} AS cell`)).toEqual([{ cell: expected }]);
  });

  it('refuses an integer that a number cannot hold exactly', async () => {
    await expect(sql.rows('SELECT 9007199254740993 AS n')).rejects.toThrow(
      expect.objectContaining({
        name: 'InvalidDataError',
        message: expect.stringContaining('9007199254740993 is beyond ±9,007,199,254,740,991'),
      }),
    );
  });

  it('fills in parameters by name', async () => {
    expect(await sql.rows('SELECT $text AS text, $number + 1 AS n', { text: `it's`, number: 4 })).toEqual([
      { text: `it's`, n: 5 },
    ]);
  });
});

it('streams an answer in order, in pieces', async () => {
  const pieces: number[][] = [];
  for await (const rows of sql.batches('SELECT i FROM range(5000) t(i)')) pieces.push(rows.map((row) => Number(row.i)));

  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.flat()).toEqual(Array.from({ length: 5000 }, (_, index) => index));
});

it('streams no rows of an empty answer', async () => {
  expect(await Array.fromAsync(sql.batches('SELECT i FROM range(10) t(i) WHERE i > $most', { most: 20 }))).toEqual([]);
});

it('throws when a stream fails in its middle, with the reason', async () => {
  const failing = `SELECT CAST(CASE WHEN i < $good THEN '7' ELSE 'x' END AS INT) FROM range(1000000) t(i)`;
  const seen: number[] = [];
  const reading = async () => {
    for await (const rows of sql.batches(failing, { good: 900_000 })) seen.push(rows.length);
  };

  await expect(reading()).rejects.toThrow(
    `the data does not fit the query: Conversion Error: Could not convert string 'x' to INT32`,
  );
  expect(seen.length).toBeGreaterThan(1);
});

it('throws when another query cuts a stream short', async () => {
  const reading = async () => {
    for await (const rows of sql.batches('SELECT i FROM range(10000000) t(i)')) await sql.run(`SELECT ${rows.length}`);
  };

  await expect(reading()).rejects.toThrow('a stream of rows ended before its last one');
});

it('frees its connection when the caller stops in the middle', async () => {
  for await (const rows of sql.batches('SELECT i FROM range(100000) t(i)')) {
    expect(rows[0]).toEqual({ i: 0 });
    break;
  }

  expect(await sql.rows('SELECT 2 AS n')).toEqual([{ n: 2 }]);
});

describe('side by side', () => {
  it('runs each query on the same tables', async () => {
    await sql.run('CREATE TABLE seen AS SELECT 1 AS n');
    await sql.runSideBySide([2, 3, 4].map((n) => `INSERT INTO seen VALUES (${n})`));

    expect(await sql.rows('SELECT sum(n) AS total FROM seen')).toEqual([{ total: 10 }]);
  });

  it('ends all of them before it tells of the first that failed', async () => {
    await sql.run('CREATE TABLE seen (n INT)');
    const failing = sql.runSideBySide([
      'SELECT nope',
      'INSERT INTO seen SELECT sum(i) FROM range(1000000) t(i) WHERE i < 3',
    ]);

    await expect(failing).rejects.toThrow(/"nope"/);
    expect(await sql.rows('SELECT n FROM seen')).toEqual([{ n: 3 }]);
  });
});

describe('errors', () => {
  it('are the data, when values do not fit the query', async () => {
    await expect(sql.run(`SELECT 'twelve'::INT`)).rejects.toThrow(
      expect.objectContaining({
        name: 'InvalidDataError',
        message: `the data does not fit the query: Conversion Error: Could not convert string 'twelve' to INT32`,
      }),
    );
  });

  it('are a bug, when the query is wrong, and show it', async () => {
    await expect(sql.run('SELECT nope')).rejects.toThrow(/^Binder Error: .*"nope".*\(in the query: SELECT nope\)$/);
  });
});

it('opens no door to the network', async () => {
  await expect(sql.run(`FROM 'https://127.0.0.1:1/x.parquet'`)).rejects.toThrow(/httpfs/);
});

it('runs nothing after its signal has aborted', async () => {
  await using stopped = await openSql({ workFolder: folder, signal: AbortSignal.abort(new Error('stopped')) });

  await expect(stopped.run('SELECT 1')).rejects.toThrow('stopped');
});

it('interrupts the running query when its signal aborts', async () => {
  const controller = new AbortController();
  await using stoppable = await openSql({ workFolder: folder, threads: 1, signal: controller.signal });

  const running = stoppable.run('SELECT count(*) FROM range(100000000) a(i), range(100000) b(j) WHERE i % 7 = j % 11');
  controller.abort(new Error('time is up'));

  await expect(running).rejects.toThrow('time is up');
});
