import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSql, type Sql } from '../../lib/table/sql.ts';
import { writeWideParquet } from '../../lib/table/write-wide-parquet.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-wide-parquet-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const rowsPerGroup = 2048;
const orderedBy = ['tens', 'ones'];
/** Numbers in another order than their own, with lists and nulls, and with the keys of that order. */
const shuffled = (rows: number, seed: number) => `
  SELECT i, CASE WHEN i % 7 > 0 THEN 'text ' || i END AS text, [{ 'name': 'tag', 'at': i }] AS tags, i // 10 AS tens, i % 10 AS ones
  FROM range(${rows}) t(i) ORDER BY hash(i + ${seed})`;

async function write(sql: Sql, query: string, name: string) {
  const file = join(folder, name);
  return { file, rows: await writeWideParquet(sql, query, file, { orderedBy, rowsPerGroup }) };
}

describe('writeWideParquet', () => {
  it('puts rows in the order of their keys, which it leaves out', async () => {
    await using sql = await openSql({ workFolder: folder, threads: 2 });

    const { file, rows } = await write(sql, shuffled(20_000, 1), 'ordered.parquet');

    expect(rows).toBe(20_000);
    const found = await sql.rows(`FROM '${file}'`);
    expect(found.map(({ i }) => i)).toEqual(Array.from({ length: 20_000 }, (_, i) => i));
    expect(found.slice(7, 9)).toEqual([
      { i: 7, text: null, tags: [{ name: 'tag', at: 7 }] },
      { i: 8, text: 'text 8', tags: [{ name: 'tag', at: 8 }] },
    ]);
  });

  it('gives the same bytes for the same rows, in whatever order they come and with any number of threads', async () => {
    await using one = await openSql({ workFolder: folder, threads: 1 });
    await using two = await openSql({ workFolder: folder, threads: 2 });

    const first = await write(one, shuffled(20_000, 1), 'first.parquet');
    const second = await write(two, shuffled(20_000, 2), 'second.parquet');

    expect((await readFile(first.file)).equals(await readFile(second.file))).toBe(true);
  });

  it('writes rows that are far more than its memory', async () => {
    const pages = join(folder, 'pages.parquet');
    await using roomy = await openSql({ workFolder: folder });
    const wide = `SELECT * REPLACE (repeat('page ' || i || ' ', 800) AS text) FROM (${shuffled(40_000, 3)})`;
    await roomy.run(`COPY (${wide}) TO '${pages}' (FORMAT parquet, ROW_GROUP_SIZE ${rowsPerGroup})`);
    await using tight = await openSql({ workFolder: folder, threads: 2, memoryMiB: 160 });

    const { file, rows } = await write(tight, `FROM '${pages}'`, 'sorted-pages.parquet');

    expect(rows).toBe(40_000);
    expect(await tight.rows(`SELECT sum(length(text)) > 250000000 AS is_large FROM '${file}'`)).toEqual([
      { is_large: true },
    ]);
  });

  it.each([
    { name: 'a key is null, so that its row has no place', keys: 'nullif(i, 7) AS tens, 0 AS ones' },
    { name: 'two rows have one key, so that each has two places', keys: 'i // 2 AS tens, 0 AS ones' },
  ])('throws when $name', async ({ keys }) => {
    await using sql = await openSql({ workFolder: folder });

    await expect(write(sql, `SELECT i, ${keys} FROM range(100) t(i)`, 'lossy.parquet')).rejects.toThrow(
      /^\d+ rows were written of 100: 'tens, ones' is null somewhere or the same in several rows$/,
    );
  });

  it('writes a table without rows', async () => {
    await using sql = await openSql({ workFolder: folder });

    const { file, rows } = await write(sql, shuffled(0, 1), 'empty.parquet');

    expect(rows).toBe(0);
    expect(await sql.rows(`DESCRIBE FROM '${file}'`)).toMatchObject([
      { column_name: 'i' },
      { column_name: 'text' },
      { column_name: 'tags' },
    ]);
  });

  it('leaves neither files nor settings behind, when it fails as well', async () => {
    const workFolder = await mkdtemp(join(folder, 'work-'));
    await using sql = await openSql({ workFolder, threads: 2 });
    const settings = `SELECT current_setting('threads') AS threads, current_setting('disabled_optimizers') AS optimizers`;
    const before = await sql.rows(settings);

    await expect(write(sql, "SELECT 1 AS tens, error('broken') AS ones", 'never.parquet')).rejects.toThrow('broken');

    expect(await sql.rows(settings)).toEqual(before);
    expect(await readdir(workFolder)).toEqual(['duckdb']);
  });
});
