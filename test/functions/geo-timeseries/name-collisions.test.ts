import { describe, expect, it } from 'vitest';
import type { Json } from '../../../lib/json.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { row, rows } from './dataset-rows.ts';
import { runOfRows } from './run-of-rows.ts';

const oneGroup = { selected_output_tasks: ['compute_global_timeseries'] };
const place = (country: string, admin1: string) => row({ country: quoteText(country), admin1: quoteText(admin1) });
const ofFeature = (feature: string, crop: string) => row({ feature: quoteText(feature), crop: quoteText(crop) });

const merged = 'different names of regions become one, and their figures are added together: ';
const shared = 'different names are one in ids and keys: ';

describe('names that cannot be kept apart are counted and told', () => {
  it.each<{ name: string; query: string; request?: Record<string, Json>; count: number; warnings: string[] }>([
    {
      name: 'when slashes were taken out of one',
      query: rows(place('Ost//West', 'x'), place('OstWest', 'y'), place('Nord//Süd', 'x')),
      count: 1,
      warnings: [`${merged}country "Ost//West" and "OstWest" as "OstWest"`],
    },
    {
      name: 'when one is written like the escape of the other',
      query: rows(place('X', 'A__B'), place('X', 'A_%5FB'), place('Y', 'A__B')),
      count: 1,
      warnings: [`${merged}admin1 "A_%5FB" and "A__B" as "X__A_%5FB"`],
    },
    {
      name: 'the first three of many',
      query: rows(...['a', 'b', 'c', 'd'].flatMap((name) => [place(`${name}//`, 'x'), place(`//${name}`, 'x')])),
      count: 4,
      warnings: [
        `${merged}country "//a" and "a//" as "a", country "//b" and "b//" as "b", country "//c" and "c//" as "c" and 1 more`,
      ],
    },
    {
      name: 'not when every name has a key of its own',
      query: rows(place('A__B', 'C'), place('A', 'B__C'), place('_A', 'x'), place('a/b', '%2F'), place('a%2Fb', '')),
      count: 0,
      warnings: [],
    },
  ])('$name', async ({ query, count, warnings }) => {
    const { plan, results } = await runOfRows(query, oneGroup);

    expect(plan.warnings).toEqual(warnings);
    expect(results.data_info).toMatchObject({ num_name_collisions: count, warnings });
  });

  it('when regions have one id, where the original leaves names as they are', async () => {
    const request = { compat: true, selected_output_tasks: ['compute_regional_aggregation'] };

    const { plan } = await runOfRows(rows(place('A__B', 'C'), place('A', 'B__C')), request);

    expect(plan.counts.nameCollisions).toBe(1);
    expect(plan.warnings).toEqual([`${shared}admin1 "A > B__C" and "A__B > C" as "A__B__C"`]);
  });
});

describe('a run whose files would have one key is refused before it begins', () => {
  it.each([
    {
      name: 'by the ids of regions',
      query: rows(place('A__B', 'C'), place('A', 'B__C')),
      problem: `admin1 "A > B__C" and "A__B > C" as "A__B__C"`,
    },
    {
      name: 'by features',
      query: rows(ofFeature('a//b', 'x'), ofFeature('a%2F%2Fb', 'x')),
      problem: `feature "a%2F%2Fb" and "a//b" as "a%2F%2Fb"`,
    },
    {
      name: 'by values of a qualifier',
      query: rows(ofFeature('F', '..'), ofFeature('F', '%2E.')),
      problem: `value of 'crop' "%2E." and ".." as "%2E."`,
    },
  ])('$name', async ({ query, problem }) => {
    const run = runOfRows(query, { compat: true, qualifier_map: { F: ['crop'] } });

    await expect(run).rejects.toThrow(`${shared}${problem}; without compat`);
  });
});
