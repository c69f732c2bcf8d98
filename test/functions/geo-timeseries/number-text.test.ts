import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numberCell } from '../../../functions/geo-timeseries/csv-text.ts';
import { doubleText } from '../../../functions/geo-timeseries/json-text.ts';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { root } from '../../support/source-files.ts';

interface NumberCase {
  /** The double, in hexadecimal. */
  readonly bits: string;
  readonly csv: string;
  readonly json: string;
}

const file = join(root, '../shared/data/geo-timeseries/cases/number_formatting.json');
const cases: NumberCase[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).cases : [];
const finite = cases.filter(({ csv }) => !csv.includes('inf') && csv !== '');

function doubleOf(bits: string): number {
  return Buffer.from(bits, 'hex').readDoubleBE();
}

describe('the text of a number', () => {
  let sql: Sql;
  beforeAll(async () => {
    sql = await openSql({ workFolder: await mkdtemp(join(tmpdir(), 'number-text-')), memoryMiB: 256, threads: 1 });
  });
  afterAll(async () => {
    await sql.close();
    await rm(sql.workFolder, { recursive: true });
  });
  /** What SQL makes of doubles. */
  const inCsv = async (values: readonly number[]) => {
    const table = values.map((value, index) => `(${index}, ${exactDouble(value)})`).join(', ');
    const rows = await sql.rows(
      `SELECT ${numberCell('value')} AS text FROM (VALUES ${table}) AS t (position, value) ORDER BY position`,
    );
    return rows.map(({ text }) => text);
  };

  it.skipIf(cases.length === 0).each(finite)('is $json in JSON for the double $bits', ({ bits, json }) => {
    expect(doubleText(doubleOf(bits))).toBe(json);
  });

  it.skipIf(cases.length === 0)('is what the original wrote, in CSV', async () => {
    expect(await inCsv(cases.map(({ bits }) => doubleOf(bits)))).toEqual(cases.map(({ csv }) => csv));
  });

  it.each([
    { value: 100, text: '100.0' },
    { value: 0.0001, text: '0.0001' },
    { value: 0.00001, text: '1e-05' },
    { value: 1e-7, text: '1e-07' },
    { value: 1e16, text: '1e+16' },
    { value: 1.5e16, text: '1.5e+16' },
    { value: 9_999_999_999_999_998, text: '9999999999999998.0' },
    { value: 5e-324, text: '5e-324' },
    { value: -0, text: '-0.0' },
  ])('is $text', async ({ value, text }) => {
    expect(doubleText(value)).toBe(text);
    expect(await inCsv([value])).toEqual([text]);
  });

  it('is the same in CSV and JSON, and reads back to the same double', async () => {
    const values = fc.sample(fc.double({ noDefaultInfinity: true, noNaN: true }), { numRuns: 500, seed: 1 });

    const texts = await inCsv(values);

    expect(texts).toEqual(values.map(doubleText));
    expect(texts.map(Number)).toEqual(values);
  });
});

/** SQL of a double, exactly. */
function exactDouble(value: number): string {
  if (!Number.isFinite(value)) return `'${value > 0 ? '' : '-'}inf'::DOUBLE`;
  return `'${Object.is(value, -0) ? '-0.0' : value}'::DOUBLE`;
}
