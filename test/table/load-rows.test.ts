import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { columns } from '../../lib/contract.ts';
import { type LoadableCell, loadRows } from '../../lib/table/load-rows.ts';
import { openSql, type Sql } from '../../lib/table/sql.ts';

let folder: string;
let sql: Sql;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-rows-'));
  sql = await openSql({ workFolder: folder, threads: 1, memoryMiB: 256 });
});

afterEach(async () => {
  await sql.close();
  await rm(folder, { recursive: true });
});

const everyType = columns({ s: 'string?', i: 'int?', f: 'float?', b: 'bool?', d: 'date?', t: 'ts?' });

describe('loadRows', () => {
  it('makes a table of the given types, with the rows in their order', async () => {
    await loadRows(sql, { name: 'every "type"', columns: everyType }, [
      { s: `it's "x"\n`, i: 9007199254740991, f: 0.1, b: false, d: '2026-01-31', t: '2026-01-31T10:00:00.123Z' },
      { t: new Date(0), i: 9007199254740993n - 2n },
      { s: null, i: undefined },
    ]);

    expect(await sql.rows(`FROM "every ""type"""`)).toEqual([
      { s: `it's "x"\n`, i: 9007199254740991, f: 0.1, b: false, d: '2026-01-31', t: '2026-01-31T10:00:00.123Z' },
      { s: null, i: 9007199254740991, f: null, b: null, d: null, t: '1970-01-01T00:00:00.000Z' },
      { s: null, i: null, f: null, b: null, d: null, t: null },
    ]);
    expect(await sql.rows(`SELECT typeof(s) s, typeof(i) i, typeof(t) t FROM "every ""type""" LIMIT 1`)).toEqual([
      { s: 'VARCHAR', i: 'BIGINT', t: 'TIMESTAMP' },
    ]);
  });

  it('keeps lists of values and of objects, with their nulls and their order', async () => {
    const lists = columns({ topics: 'string[]', tags: '{created_at: ts, name: string}[]?', vector: 'float[]?' });
    await loadRows(sql, { name: 'lists', columns: lists }, [
      { topics: ['law', 'law'], tags: [{ name: 'a', created_at: '2024-11-04T15:11:24Z' }], vector: [0.5, -1] },
      { topics: [], tags: [{ created_at: null, name: 'b' }] },
    ]);

    expect(await sql.rows('FROM lists')).toEqual([
      { topics: ['law', 'law'], tags: [{ created_at: '2024-11-04T15:11:24.000Z', name: 'a' }], vector: [0.5, -1] },
      { topics: [], tags: [{ created_at: null, name: 'b' }], vector: null },
    ]);
  });

  it.each<{ name: string; row: Record<string, LoadableCell>; message: string }>([
    { name: 'a text', row: { l: 'a' }, message: "row 1, column 'l': a (string) is not a list" },
    {
      name: 'a number among texts',
      row: { l: ['a', 1] },
      message: "row 1, column 'l'[1]: 1 (number) is not a well-formed string",
    },
    {
      name: 'an object of other fields',
      row: { o: [{ y: 1 }] },
      message: "row 1, column 'o'[0]: [object Object] (object) is not an object of x",
    },
    {
      name: 'a field of another type',
      row: { o: [{ x: 'a' }] },
      message: "row 1, column 'o'[0].x: a (string) is not a whole number",
    },
  ])('refuses $name in place of a list', async ({ row, message }) => {
    const table = { name: 't', columns: columns({ l: 'string[]?', o: '{x: int}[]?' }) };

    await expect(loadRows(sql, table, [row])).rejects.toThrow(message);
  });

  it('takes rows as they come in and leaves no file behind', async () => {
    async function* manyRows() {
      for (let i = 0; i < 2500; i += 1) yield { i };
    }
    await loadRows(sql, { name: 'many', columns: columns({ i: 'int' }) }, manyRows());

    const loaded = await sql.rows('FROM many');
    expect(loaded.map((row) => row.i)).toEqual(Array.from({ length: 2500 }, (_, index) => index));
    expect(await readdir(folder)).toEqual(['duckdb']);
  });

  it('makes an empty table of no rows', async () => {
    await loadRows(sql, { name: 'none', columns: everyType }, []);

    expect(await sql.rows('FROM none')).toEqual([]);
  });

  it.each<{ name: string; row: Record<string, LoadableCell>; message: string }>([
    { name: 'a text for an int', row: { i: '5' }, message: `row 2, column 'i': 5 (string) is not a whole number` },
    {
      name: 'a fraction for an int',
      row: { i: 1.5 },
      message: `row 2, column 'i': 1.5 (number) is not a whole number`,
    },
    {
      name: 'an int for a string',
      row: { s: 5 },
      message: `row 2, column 's': 5 (number) is not a well-formed string`,
    },
    { name: 'NaN', row: { f: Number.NaN }, message: `row 2, column 'f': NaN (number) is not a finite number` },
    {
      name: 'half a character',
      row: { s: 'x\ud800' },
      message: `row 2, column 's': x\ud800 (string) is not a well-formed string`,
    },
    {
      name: 'the 30th of February',
      row: { t: '2026-02-30T00:00:00Z' },
      message: `row 2, column 't': 2026-02-30T00:00:00Z (string) is not an instant such as '2026-01-31T10:00:00Z'`,
    },
    {
      name: 'a day that does not exist',
      row: { d: '2026-13-01' },
      message: `row 2, column 'd': 2026-13-01 (string) is not a day such as '2026-01-31'`,
    },
    {
      name: 'a time that is no instant',
      row: { t: 'yesterday' },
      message: `row 2, column 't': yesterday (string) is not an instant such as '2026-01-31T10:00:00Z'`,
    },
    {
      name: 'an invalid Date',
      row: { t: new Date(Number.NaN) },
      message: `row 2, column 't': Invalid Date (object) is not an instant such as '2026-01-31T10:00:00Z'`,
    },
    {
      name: 'a key that is no column',
      row: { z: 1 },
      message: `row 2, column 'z': no such column; there are s, i, f, b, d, t`,
    },
  ])('refuses $name and names row and column', async ({ row, message }) => {
    const loading = loadRows(sql, { name: 'x', columns: everyType }, [{ i: 1 }, row]);

    await expect(loading).rejects.toThrow(expect.objectContaining({ name: 'InvalidDataError', message }));
    expect(await readdir(folder)).toEqual(['duckdb']);
  });
});
