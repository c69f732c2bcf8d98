import type { Case } from './run-case.ts';

const aggs = ['s_sum_t_sum', 's_mean_t_sum', 's_sum_t_mean', 's_mean_t_mean', 's_count'];
const table = (path: string, rows: string) => ({ path, format: 'csv', text: `id,${aggs.join(',')}\n${rows}` });
const series = (path: string, rows: string) => ({ path, format: 'csv', text: `timestamp,${aggs.join(',')}\n${rows}` });
const pivot = (column: string, cells: string) => ({
  path: `m/r/month/F/timeseries/qualifiers/q/${column}.csv`,
  format: 'csv',
  text: `timestamp,timestamp (q),v1\n0,${cells}\n`,
});
const extrema = (level: string, places: readonly [string, number, number][]) => {
  const reached = (index: 0 | 1, pick: (...numbers: number[]) => number) => {
    const value = pick(...places.map((place) => place[index + 1] as number)); // both figures of a place are numbers
    return places
      .filter((place) => place[index + 1] === value)
      .map(([region_id]) => ({ region_id, timestamp: 0, value }));
  };
  const of = (pick: (...numbers: number[]) => number) => ({
    s_sum_t_sum: reached(0, pick),
    s_mean_t_sum: reached(1, pick),
    s_sum_t_mean: reached(0, pick),
    s_mean_t_mean: reached(1, pick),
  });
  return {
    path: `m/r/month/F/regional/${level}/stats/default/extrema.json`,
    format: 'json',
    content: { min: of(Math.min), max: of(Math.max) },
  };
};

/** What comes out instead where a case records a defect of the original; regions with gaps are levels by name. */
export const betterOutcomes: Readonly<Record<string, { readonly expected: Case['expected'] }>> = {
  'read_data: x_missing_region_column': {
    expected: {
      returns: {
        num_rows: 4,
        table: {
          columns: ['timestamp', 'country', 'admin1', 'admin2', 'admin3', 'lat', 'lng', 'feature', 'value', 'q1', 'q2'],
          rows: [
            [1, 'a', null, 'x', 'x', 1, 1, 'F', 1, '1', ''],
            [2, null, null, 'y', 'y', 2, 2, 'G', 2, '2', ''],
            [3, 'a', 'p', 'x', null, 1, 1, 'F', 1, '', 'u'],
            [4, 'b', 'q', 'y', null, 2, 2, 'H', 2, '', null],
          ],
        },
      },
    },
  },
  'validate_and_fix: x_value_not_numeric': {
    expected: { error: "1 of 2 rows have text in 'value' that is no number, such as 'x'" },
  },
  'compute_global_timeseries: x_pivot_value_named_timestamp': {
    expected: {
      returns: { rows_per_feature: { F: 1 } },
      files: [
        series('m/r/month/F/timeseries/global/global.csv', '0,6.0,3.0,6.0,3.0,2\n'),
        pivot('s_sum_t_sum', '5.0,1.0'),
        pivot('s_mean_t_sum', '5.0,1.0'),
        pivot('s_sum_t_mean', '5.0,1.0'),
        pivot('s_mean_t_mean', '5.0,1.0'),
        pivot('s_count', '1,1'),
      ],
    },
  },
  'record_region_lists: x_regions_only_admin1': {
    expected: {
      returns: { region_levels: ['admin1'], features: ['F'] },
      files: [lists({ admin1: ['None__X', 'None__Y'] })],
    },
  },
  'record_region_lists: x_regions_country_and_admin2': {
    expected: {
      returns: { region_levels: ['country', 'admin2'], features: ['F'] },
      files: [lists({ country: ['A'], admin2: ['A__None__X', 'A__None__Y'] })],
    },
  },
  'compute_regional_aggregation: x_regions_only_admin1': {
    expected: {
      files: [
        table(
          'm/r/month/F/regional/admin1/aggs/0/default/default.csv',
          'None__X,1.0,1.0,1.0,1.0,1\nNone__Y,2.0,2.0,2.0,2.0,1\n',
        ),
      ],
    },
  },
  'compute_regional_aggregation: x_regions_country_and_admin2': {
    expected: {
      files: [
        table('m/r/month/F/regional/country/aggs/0/default/default.csv', 'A,3.0,1.5,3.0,1.5,2\n'),
        table(
          'm/r/month/F/regional/admin2/aggs/0/default/default.csv',
          'A__None__X,1.0,1.0,1.0,1.0,1\nA__None__Y,2.0,2.0,2.0,2.0,1\n',
        ),
      ],
    },
  },
  'compute_regional_stats: x_regions_only_admin1': {
    expected: {
      files: [
        extrema('admin1', [
          ['None__X', 1, 1],
          ['None__Y', 2, 2],
        ]),
      ],
    },
  },
  'compute_regional_stats: x_regions_country_and_admin2': {
    expected: {
      files: [
        extrema('country', [['A', 3, 1.5]]),
        extrema('admin2', [
          ['A__None__X', 1, 1],
          ['A__None__Y', 2, 2],
        ]),
      ],
    },
  },
  'compute_regional_timeseries: x_regions_only_admin1': {
    expected: {
      files: [
        series('m/r/month/F/regional/admin1/timeseries/default/None__X.csv', '0,1.0,1.0,1.0,1.0,1\n'),
        series('m/r/month/F/regional/admin1/timeseries/default/None__Y.csv', '0,2.0,2.0,2.0,2.0,1\n'),
      ],
    },
  },
  'compute_regional_timeseries: x_regions_country_and_admin2': {
    expected: {
      files: [
        series('m/r/month/F/regional/country/timeseries/default/A.csv', '0,3.0,1.5,3.0,1.5,2\n'),
        series('m/r/month/F/regional/admin2/timeseries/default/A__None__X.csv', '0,1.0,1.0,1.0,1.0,1\n'),
        series('m/r/month/F/regional/admin2/timeseries/default/A__None__Y.csv', '0,2.0,2.0,2.0,2.0,1\n'),
      ],
    },
  },
};

function lists(levels: Readonly<Record<string, readonly string[]>>) {
  const content = { country: [], admin1: [], admin2: [], admin3: [], ...levels };
  return { path: 'm/r/raw/F/info/region_lists.json', format: 'json', content };
}
