import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { geoTimeseriesInput } from '../../../../functions/geo-timeseries/flow-inputs.contract.ts';
import { maxPrecision } from '../../../../functions/geo-timeseries/grid/max-precision.ts';
import { csvRows } from '../../../../functions/geo-timeseries/look-page/csv-rows.ts';
import { openSql, type Sql } from '../../../../lib/table/sql.ts';
import { january } from '../dataset-rows.ts';
import { type RunOfRows, runOfRows } from '../run-of-rows.ts';

/** SQL of points on a regular grid, `count` by `count` of them around where the equator meets Greenwich. */
const grid = (degrees: number, count: number) => {
  const axis = `(position - ${count / 2}) * ${degrees}`;
  return `SELECT ${axis.replace('position', 'a.range')} AS lat, ${axis.replace('position', 'b.range')} AS lng
    FROM range(${count}) AS a, range(${count}) AS b`;
};

describe('the useful precision of tiles', () => {
  let sql: Sql;
  beforeAll(async () => {
    sql = await openSql({ workFolder: await mkdtemp(join(tmpdir(), 'precision-')), memoryMiB: 256, threads: 1 });
  });
  afterAll(async () => {
    await sql.close();
    await rm(sql.workFolder, { recursive: true });
  });

  // a subtile of zoom z is 360 / 2^z degrees wide: 0.70 at zoom 9, 0.18 at 11, 0.044 at 13
  it.each([
    { name: 'a grid of 1 degree', points: grid(1, 120), precision: 10 },
    { name: 'a grid of a quarter of a degree', points: grid(0.25, 120), precision: 12 },
    { name: 'a grid of 5 minutes', points: grid(5 / 60, 120), precision: 14 },
    { name: 'a grid of 100 metres', points: grid(0.0009, 60), precision: 14 },
    {
      name: 'a coarse grid with few points beside others',
      points: `${grid(1, 120)} UNION ALL ${grid(0.03, 5)}`,
      precision: 10,
    },
    {
      name: 'a coarse grid with many points beside others',
      points: `${grid(1, 120)} UNION ALL ${grid(0.03, 60)}`,
      precision: 14,
    },
    { name: 'one place', points: 'SELECT 1.5 AS lat, 2.5 AS lng', precision: 7 },
    { name: 'places that are the same', points: 'SELECT 1.5 AS lat, 2.5 AS lng FROM range(9)', precision: 7 },
    { name: 'no place on the grid', points: 'SELECT 91.0 AS lat, NULL::DOUBLE AS lng', precision: 7 },
  ])('is $precision for $name', async ({ points, precision }) => {
    const found = await maxPrecision(sql, `(SELECT lat::DOUBLE AS lat, lng::DOUBLE AS lng FROM (${points}))`, {
      max_precision: 'auto',
      compat: false,
    });

    expect(found).toBe(precision);
  });

  it('is what is asked for, without a look at the points', async () => {
    expect(await maxPrecision(sql, 'nothing', { max_precision: 9, compat: false })).toBe(9);
  });
});

describe('tiles of a run', () => {
  const dataset = `SELECT ${january}::BIGINT AS timestamp, 'A' AS country, lat::DOUBLE AS lat, lng::DOUBLE AS lng,
    'F' AS feature, (lat * 7 + lng)::DOUBLE AS value FROM (${grid(1, 12)})`;
  const tilesOnly = { selected_output_tasks: ['compute_tiles'] };
  const tilesOf = ({ files }: RunOfRows) =>
    [...files].filter(([key]) => key.startsWith('month/') && key.endsWith('.tile'));
  const zoomOf = (key: string) => Number(key.split('-')[1]);
  const statistics = `month/F/stats/grid/${january}.csv`;

  it('end where the points have nothing more to tell, and are the same down to there', async () => {
    const whole = await runOfRows(dataset, tilesOnly);
    const useful = await runOfRows(dataset, { ...tilesOnly, max_precision: 'auto' });

    expect([whole.results.data_info.max_precision, useful.results.data_info.max_precision]).toEqual([14, 10]);
    expect(Math.max(...tilesOf(whole).map(([key]) => zoomOf(key)))).toBe(8);
    expect(tilesOf(useful)).toEqual(tilesOf(whole).filter(([key]) => zoomOf(key) <= 4));
    expect(csvRows(useful.text(statistics))).toEqual(csvRows(whole.text(statistics)).slice(0, 5));
  });

  it('end where they are told to', async () => {
    const run = await runOfRows(dataset, { ...tilesOnly, max_precision: 6 });

    expect(tilesOf(run).map(([key]) => zoomOf(key))).toEqual([0]);
    expect(run.plan.maxPrecision).toBe(6);
  });

  it.each([5, 15, 9.5, 'fine'])('are refused with a precision of %s', (max_precision) => {
    const parsed = geoTimeseriesInput.safeParse({ data_paths: ['x'], max_precision });

    expect(parsed.error?.issues).toMatchObject([
      { path: ['max_precision'], message: "write a whole number from 6 to 14, or 'auto'" },
    ]);
  });
});
