import { describe, expect, it } from 'vitest';
import { reportRunOf } from '../../../../functions/consultation-documents/run-reports/report-run.ts';
import type { Json } from '../../../../lib/json.ts';
import { testContext, testWorld } from '../../../support/test-world.ts';

const executionArn = 'arn:aws:states:us-east-1:1:execution:test-flow:test-execution';

async function reportOf(output: Json) {
  const { events, emitted } = testWorld();
  await reportRunOf({ icon: 'broom' }).run({ executionArn, output }, testContext({ events }));
  const { status, figures, warnings, error } = emitted[0]?.detail ?? {};
  return { status, figures, warnings, error };
}

describe('the report of a run', () => {
  it.each<{ name: string; output: Json; expected: Awaited<ReturnType<typeof reportOf>> }>([
    {
      name: 'tells what was published, wherever the output holds it, and the counts beside it',
      output: {
        artifacts: [
          { artifact: 'a', rows: 12, status: 'published', version: 'v' },
          { artifact: 'b', rows: 3, status: 'unchanged', version: 'v' },
        ],
        documents: 15,
        dropped: { no_stored_file: 2 },
      },
      expected: {
        status: 'SUCCEEDED',
        figures: { a: '12 rows, published', b: '3 rows, unchanged', documents: 15, no_stored_file: 2 },
        warnings: [],
        error: null,
      },
    },
    {
      name: 'is a warning when the output has warnings, of whichever part',
      output: { dataset: { warnings: ['12 % of the rows were dropped'] }, derived: [{ warnings: ['x'] }] },
      expected: { status: 'WARNING', figures: {}, warnings: ['12 % of the rows were dropped', 'x'], error: null },
    },
    {
      name: 'has something to say of an output that is nothing',
      output: null,
      expected: { status: 'SUCCEEDED', figures: {}, warnings: [], error: null },
    },
  ])('$name', async ({ output, expected }) => {
    expect(await reportOf(output)).toEqual(expected);
  });
});
