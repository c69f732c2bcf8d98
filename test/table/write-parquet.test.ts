import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsSha256 } from '../../lib/table/rows-sha256.ts';
import { openSql } from '../../lib/table/sql.ts';
import { writeParquet } from '../../lib/table/write-parquet.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-parquet-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const table = (from: string) =>
  `SELECT i, i % 77 AS rest, 'text ' || (i % 1000) AS text, i / 3.0 AS third FROM ${from}`;
const whole = table('range(150000) t(i)');
// the same 150,000 rows, but in pieces that end at odd places
const inPieces = `
  SELECT * FROM (${table('range(250000) t(i)')}) WHERE i < 70001
  UNION ALL ${table('range(70001, 150000) t(i)')}`;

async function fileSha256(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

async function written(query: string, threads: number) {
  await using sql = await openSql({ workFolder: folder, threads, memoryMiB: 512 });
  const file = join(folder, 'out.parquet');
  const rows = await writeParquet(sql, query, file);
  return { rows, file: await fileSha256(file), content: await rowsSha256(sql, file, ['i', 'rest', 'text', 'third']) };
}

describe('writeParquet', () => {
  it('gives the same bytes for the same rows, whatever their source and the number of threads', async () => {
    const first = await written(whole, 1);

    expect(first.rows).toBe(150_000);
    expect(await written(whole, 2)).toEqual(first);
    expect(await written(inPieces, 1)).toEqual(first);
    expect(await written(inPieces, 2)).toEqual(first);
  });

  it('keeps the order of the query', async () => {
    await using sql = await openSql({ workFolder: folder, threads: 2 });
    const file = join(folder, 'descending.parquet');

    await writeParquet(sql, 'SELECT i FROM range(5) t(i) ORDER BY i DESC', file);

    expect(await sql.rows(`FROM '${file}'`)).toEqual([4, 3, 2, 1, 0].map((i) => ({ i })));
  });

  it('sorts by columns that it leaves out, to the same bytes as the order of a query gives', async () => {
    await using sql = await openSql({ workFolder: folder, threads: 2 });
    const shuffled = `SELECT * FROM (${whole}) ORDER BY hash(i)`;

    await writeParquet(
      sql,
      `SELECT *, i // 10 AS tens, i % 10 AS ones FROM (${shuffled})`,
      join(folder, 'by.parquet'),
      {
        orderedBy: ['tens', 'ones'],
      },
    );

    expect(await fileSha256(join(folder, 'by.parquet'))).toBe((await written(whole, 1)).file);
  });

  it('writes a table without rows', async () => {
    await using sql = await openSql({ workFolder: folder, threads: 1 });
    const file = join(folder, 'empty.parquet');

    expect(await writeParquet(sql, 'SELECT 1 AS i WHERE false', file)).toBe(0);
    expect(await sql.rows(`FROM '${file}'`)).toEqual([]);
  });
});

describe('rowsSha256', () => {
  it('does not depend on how the file is encoded', async () => {
    await using sql = await openSql({ workFolder: folder, threads: 2 });
    const [zstd, plain] = [join(folder, 'zstd.parquet'), join(folder, 'plain.parquet')];
    await writeParquet(sql, inPieces, zstd);
    await sql.run(`COPY (${whole}) TO '${plain}' (FORMAT parquet, COMPRESSION uncompressed, ROW_GROUP_SIZE 10000)`);

    expect(await rowsSha256(sql, plain, ['i', 'text'])).toBe(await rowsSha256(sql, zstd, ['i', 'text']));
  });

  it.each([
    { name: 'the order of the rows', query: `FROM (VALUES (2, 'b'), (1, 'a')) t(n, s)` },
    { name: 'a value', query: `FROM (VALUES (1, 'a'), (2, 'c')) t(n, s)` },
    { name: 'null instead of its name', query: `FROM (VALUES (1, 'null'), (2, 'b')) t(n, s)` },
    { name: 'a missing row', query: `FROM (VALUES (1, 'a')) t(n, s)` },
  ])('changes with $name', async ({ query }) => {
    await using sql = await openSql({ workFolder: folder, threads: 1 });
    const [before, after] = [join(folder, 'before.parquet'), join(folder, 'after.parquet')];
    await writeParquet(sql, `FROM (VALUES (1, NULL), (2, 'b')) t(n, s)`, before);
    await writeParquet(sql, query, after);

    expect(await rowsSha256(sql, after, ['n', 's'])).not.toBe(await rowsSha256(sql, before, ['n', 's']));
  });
});
