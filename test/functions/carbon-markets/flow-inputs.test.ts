import { describe, expect, it } from 'vitest';
import {
  buildVerraInput,
  rawVerraDataInput,
  verraDataInput,
  verraRetirementsInput,
} from '../../../functions/carbon-markets/flow-inputs.contract.ts';
import { cleanUpOldArtifactsInput } from '../../../functions/maintenance/clean-up-old-artifacts.contract.ts';

const monthHint = "write a month as YYYY-MM, such as '2024-01'";
const flagHint = 'write true or false, without quotes';
const versionHint = "write a version as 'flow artifact <name>' lists them";
const daysHint = 'write whole days, 1 or more, such as 7; it is 7 when left out';

describe('inputs of flows', () => {
  it.each([
    { name: 'nothing', schema: buildVerraInput, input: {} },
    { name: 'one month', schema: rawVerraDataInput, input: { fromMonth: '2024-01', toMonth: '2024-01' } },
    { name: 'a dry run', schema: buildVerraInput, input: { dryRun: true, compat: false } },
    { name: 'a version', schema: verraDataInput, input: { rawVerraDataVersion: '20260101T000000Z-a-1_b' } },
    { name: 'a retention', schema: cleanUpOldArtifactsInput, input: { retentionDays: 30, dryRun: false } },
  ])('may be $name', ({ schema, input }) => {
    expect(schema.parse(input)).toEqual(input);
  });

  it.each([
    { name: 'a thirteenth month', schema: buildVerraInput, input: { fromMonth: '2024-13' }, says: monthHint },
    { name: 'a month without a dash', schema: rawVerraDataInput, input: { toMonth: '202401' }, says: monthHint },
    { name: 'a month as a number', schema: rawVerraDataInput, input: { toMonth: 2024 }, says: monthHint },
    { name: 'a flag in words', schema: buildVerraInput, input: { dryRun: 'false' }, says: flagHint },
    { name: 'a flag as a number', schema: verraDataInput, input: { compat: 1 }, says: flagHint },
    { name: 'latest', schema: verraRetirementsInput, input: { verraDataVersion: 'latest' }, says: versionHint },
    { name: 'no days at all', schema: cleanUpOldArtifactsInput, input: { retentionDays: 0 }, says: daysHint },
    { name: 'half a day', schema: cleanUpOldArtifactsInput, input: { retentionDays: 0.5 }, says: daysHint },
    {
      name: 'months the wrong way round',
      schema: buildVerraInput,
      input: { fromMonth: '2024-02', toMonth: '2024-01' },
      says: "'fromMonth' may not be after 'toMonth'",
    },
    {
      name: 'a misspelt field',
      schema: buildVerraInput,
      input: { frommonth: '2024-01' },
      says: 'Unrecognized key: "frommonth"',
    },
  ])('may not be $name', ({ schema, input, says }) => {
    expect(schema.safeParse(input).error?.issues.map((issue) => issue.message)).toEqual([says]);
  });
});
