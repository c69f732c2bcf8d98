import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSha256 } from '../../lib/artifact/file-sha256.ts';
import { openSql, type Sql } from '../../lib/table/sql.ts';
import { writeParquet } from '../../lib/table/write-parquet.ts';
import { type GeoSample, geoObservations, geoQualifierMap, geoQualifiers } from '../../samples/geo-observations.ts';

describe('the sample of observations', () => {
  let sql: Sql;
  beforeAll(async () => {
    sql = await openSql({ workFolder: await mkdtemp(join(tmpdir(), 'geo-sample-')), memoryMiB: 512 });
  });
  afterAll(async () => {
    await sql.close();
    await rm(sql.workFolder, { recursive: true });
  });
  const figure = async (sample: GeoSample, expression: string) => {
    const [row] = await sql.rows(`SELECT ${expression} AS figure FROM (${geoObservations(sample)})`);
    return Number(row?.figure);
  };
  const hashOf = async (sample: GeoSample) => {
    const file = join(sql.workFolder, 'sample.parquet');
    await writeParquet(sql, geoObservations(sample), file, { orderedBy: ['position'] });
    return fileSha256(file);
  };

  it('has the same bytes for the same seed, and others for another', async () => {
    const sample = { rows: 3_000, seed: 7 };

    const hashes = [await hashOf(sample), await hashOf(sample), await hashOf({ ...sample, seed: 8 })];

    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it('starts with the rows of a shorter one', async () => {
    const first = (rows: number) => sql.rows(`FROM (${geoObservations({ rows })}) ORDER BY position LIMIT 100`);

    expect(await first(5_000)).toEqual(await first(100));
  });

  it.each([
    { name: 'rows', expression: 'count(*)', expected: 60_000 },
    { name: 'countries', expression: 'count(DISTINCT country)', expected: 7 },
    { name: 'months', expression: `count(DISTINCT date_trunc('month', epoch_ms(timestamp)))`, expected: 30 },
    { name: 'features', expression: 'count(DISTINCT feature)', expected: 2 },
    { name: 'values of the first qualifier', expression: 'count(DISTINCT crop)', expected: 3 },
    { name: 'values of the second qualifier', expression: 'count(DISTINCT season)', expected: 5 },
    { name: 'places', expression: 'count(DISTINCT (lat, lng)) FILTER (WHERE lat IS NOT NULL)', expected: 2_100 },
    {
      name: 'rows with a place outside of the world',
      expression: 'count(*) FILTER (WHERE abs(lat) > 85 OR abs(lng) > 180)',
      expected: 0,
    },
  ])('has as many $name as asked for', async ({ expression, expected }) => {
    expect(await figure({ rows: 60_000, countries: 7, months: 30, qualifiers: [3, 5] }, expression)).toBe(expected);
  });

  it.each([
    { name: 'figures', expression: 'count(*) FILTER (WHERE value IS NULL)' },
    { name: 'timestamps', expression: 'count(*) FILTER (WHERE timestamp IS NULL)' },
    { name: 'coordinates', expression: 'count(*) FILTER (WHERE lat IS NULL AND lng IS NULL)' },
    { name: 'names of provinces', expression: 'count(*) FILTER (WHERE admin1 IS NULL)' },
    { name: 'values of qualifiers', expression: 'count(*) FILTER (WHERE season IS NULL)' },
  ])('misses a small share of $name', async ({ expression }) => {
    const missing = await figure({ rows: 60_000 }, expression);

    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(60_000 / 100);
  });

  it('names as many qualifiers as asked for, for every feature', () => {
    expect(geoQualifiers({ rows: 1, qualifiers: [1, 2, 3, 4, 5] })).toEqual([
      'crop',
      'season',
      'source',
      'method',
      'qualifier_5',
    ]);
    expect(geoQualifierMap({ rows: 1 })).toEqual({ rainfall: ['crop', 'season'], crop_production: ['crop', 'season'] });
  });
});
