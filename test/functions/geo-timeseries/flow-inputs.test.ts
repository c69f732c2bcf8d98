import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { geoTimeseriesInput } from '../../../functions/geo-timeseries/flow-inputs.contract.ts';

describe('geoTimeseriesInput', () => {
  it('names its fields to those who ask, whichever kind of request it is', () => {
    const { properties = {} } = z.toJSONSchema(geoTimeseriesInput, { io: 'input', unrepresentable: 'any' });

    expect(Object.keys(properties)).toEqual(expect.arrayContaining(['data_paths', 'compat', 'reprocess']));
  });

  it.each([
    { name: 'a request without data', input: {}, path: ['data_paths'] },
    { name: 'a flag that is a text', input: { data_paths: ['x'], is_indicator: 'yes' }, path: ['is_indicator'] },
    { name: 'an execution without a name', input: { reprocess: { execution: '' } }, path: ['reprocess', 'execution'] },
  ])('names the field that is wrong in $name', ({ input, path }) => {
    expect(geoTimeseriesInput.safeParse(input).error?.issues.map((issue) => issue.path)).toEqual([path]);
  });

  it.each([
    { name: 'a field that nobody knows', input: { data_paths: ['x'], source: 's3' } },
    { name: 'a request beside an earlier one', input: { data_paths: ['x'], reprocess: { execution: 'before' } } },
  ])('refuses $name', ({ input }) => {
    expect(geoTimeseriesInput.safeParse(input).success).toBe(false);
  });
});
