import { beforeAll, describe, expect, it } from 'vitest';
import { csvRows } from '../../../functions/geo-timeseries/look-page/csv-rows.ts';
import { readTile } from '../../../functions/geo-timeseries/look-page/read-tile.ts';
import { january, row, rows } from './dataset-rows.ts';
import { type RunOfRows, runOfRows } from './run-of-rows.ts';

const cell = (country: string, at: string, figure: string, weight: number, feature = 'F') =>
  row({
    country: `'${country}'`,
    lat: `${at}::DOUBLE`,
    lng: `${at}::DOUBLE`,
    value: `${figure}::DOUBLE`,
    weight: `${weight}::DOUBLE`,
    feature: `'${feature}'`,
  });

/** One figure, a place without any in the same country, a country without any, and a feature without any. */
const dataset = rows(
  cell('A', '1', '3.0', 2),
  cell('A', '2', 'NULL', 4),
  cell('B', '40', 'NULL', 1),
  cell('A', '1', 'NULL', 1, 'G'),
);

const series = `month/F/timeseries/global/global.csv`;
const table = `month/F/regional/country/aggs/${january}/default/default.csv`;
const extrema = 'month/F/regional/country/stats/default/extrema.json';
const grid = `month/F/stats/grid/${january}.csv`;

describe.each([
  {
    name: 'as the original counts them',
    request: { empty_groups_as_null: false },
    // sums of nothing are 0, and the mean of sums divides by all cells
    global: '3.0,1.0,3.0,3.0,1,3.0,1.0,0.8571428571428571,0.8571428571428571,0.8571428571428571',
    emptyCountry: '0.0,0.0,0.0,,0,0.0,0.0,0.0,0.0,0.0',
    minimum: ['B', 0],
    emptyFeature: '0.0,0.0,0.0,,0,0.0,0.0,0.0,0.0,0.0',
    extremaOfNothing: 1,
    summary: { s_min_t_sum: 0, s_mean_t_sum: 1, s_mean_t_wavg: 1 },
    summaryOfNothing: { s_min_t_sum: 0, s_sum_t_sum: 0, s_mean_t_mean: null },
    leastOnGrid: '0.0',
    binsOfWorld: 2,
    binsOfNothing: 1,
  },
  {
    name: 'as null, when they are to be',
    request: { empty_groups_as_null: true },
    global: '3.0,3.0,3.0,3.0,1,3.0,3.0,0.8571428571428571,0.8571428571428571,0.8571428571428571',
    emptyCountry: ',,,,0,,,,,',
    minimum: ['A', 3],
    emptyFeature: ',,,,0,,,,,',
    extremaOfNothing: 0,
    summary: { s_min_t_sum: 3, s_mean_t_sum: 3, s_mean_t_wavg: 3 },
    summaryOfNothing: { s_min_t_sum: null, s_sum_t_sum: null, s_mean_t_mean: null },
    leastOnGrid: '3.0',
    binsOfWorld: 1,
    binsOfNothing: 0,
  },
])('groups without a figure count $name', ({ request, ...expected }) => {
  let run: RunOfRows;
  beforeAll(async () => {
    run = await runOfRows(dataset, { weight_column: 'weight', ...request });
  });

  it('in series and tables', () => {
    expect(run.text(series)).toContain(`\n${january},${expected.global}\n`);
    expect(run.text(table)).toContain(`\nB,${expected.emptyCountry}\n`);
    expect(run.text(series.replace('/F/', '/G/'))).toContain(`\n${january},${expected.emptyFeature}\n`);
  });

  it('in extrema', () => {
    const [id, value] = expected.minimum;
    expect(JSON.parse(run.text(extrema)).min.s_sum_t_sum).toEqual([{ region_id: id, timestamp: january, value }]);
    const ofNothing = JSON.parse(run.text(extrema.replace('/F/', '/G/')));
    expect(ofNothing.min.s_sum_t_sum).toHaveLength(expected.extremaOfNothing);
    expect(ofNothing.max.s_mean_t_mean).toEqual([]);
  });

  it('in the summary', () => {
    const [ofF, ofG] = run.results.output_agg_values ?? [];
    expect(ofF).toMatchObject({ name: 'F', ...expected.summary });
    expect(ofG).toMatchObject({ name: 'G', ...expected.summaryOfNothing });
  });

  it('on the grid', () => {
    const binsOf = (feature: string) => {
      const world = run.files.get(`month/${feature}/tiles/${january}-0-0-0.tile`);
      return world ? readTile(world).length : 0;
    };

    expect(csvRows(run.text(grid)).map((zoom) => zoom.min_s_sum_t_sum)).toEqual(Array(9).fill(expected.leastOnGrid));
    expect([binsOf('F'), binsOf('G')]).toEqual([expected.binsOfWorld, expected.binsOfNothing]);
  });
});

it('weights of what has no figure divide nothing, when only weights of present figures are to', async () => {
  const request = { weight_column: 'weight', weights_of_present_only: true, empty_groups_as_null: true };

  const run = await runOfRows(dataset, request);

  expect(run.text(series)).toContain(`\n${january},3.0,3.0,3.0,3.0,1,3.0,3.0,3.0,3.0,3.0\n`);
});
