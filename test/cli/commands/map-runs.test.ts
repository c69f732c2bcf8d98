import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { LogLine } from '../../../lib/execution/executions.ts';
import type { FailedChild } from '../../../lib/execution/map-run.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { aHistory, aNestedFlow, type Step } from '../a-history.ts';
import { aMapRun } from '../a-map-run.ts';
import { type FakeExecution, fakeExecutions } from '../fake-executions.ts';
import { aFlow, fakeCommandLine } from '../fake-world.ts';

const startDate = '2026-11-20T06:33:00.000Z';
const stopDate = '2026-11-20T06:33:02.000Z';
const tooMany = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};
const flows = [aFlow({ name: 'geo', input: z.looseObject({}) }), aFlow({ name: 'all' })];

function aChild(index: number): FailedChild {
  return {
    name: `unit-${index}`,
    index,
    status: 'FAILED',
    inputText: JSON.stringify({ plan: 'a'.repeat(70), index }),
    error: 'InvalidDataError',
    cause: JSON.stringify({ errorMessage: `the cells of unit ${index} are no Parquet file;\nmake them again` }),
  };
}

function aLine(second: number, message: string, child?: LogLine['child']): LogLine {
  const timestamp = `2026-11-20T06:33:0${second}.000Z`;
  return { timestamp, level: 'INFO', message, state: 'Unit', ...(child && { child }), fields: {} };
}

const units = (ending: readonly Step[]) =>
  aHistory(startDate, [
    { type: 'ExecutionStarted' },
    { type: 'MapStateEntered', details: { name: 'Units' } },
    { type: 'MapStateStarted', details: { length: 26 } },
    { type: 'MapRunStarted', details: { mapRunArn: aMapRun({}).mapRunArn } },
    ...ending,
  ]);

const failed: FakeExecution = {
  execution: { name: 'geo-1', flowName: 'geo', status: 'FAILED', startDate, stopDate, ...tooMany },
  history: units([
    { afterMs: 2_000, type: 'MapRunFailed', details: tooMany },
    { type: 'MapStateFailed' },
    { type: 'ExecutionFailed', details: tooMany },
  ]),
  mapRuns: [aMapRun({ succeeded: 12, failed: 7, aborted: 2, total: 21 })],
  failedChildren: [3, 4, 5, 6, 10, 11, 12].map(aChild),
  logs: [
    aLine(0, 'planned'),
    aLine(2, 'later', { name: 'unit-3', index: 3 }),
    aLine(1, 'sooner', { name: 'unit-12', index: 12 }),
  ],
};
const succeeded: FakeExecution = {
  execution: { name: 'geo-1', flowName: 'geo', startDate, stopDate, output: {} },
  history: units([
    { afterMs: 2_000, type: 'MapRunSucceeded' },
    { type: 'MapStateSucceeded' },
    { type: 'MapStateExited', details: { name: 'Units' }, follows: 4 },
    { type: 'ExecutionSucceeded' },
  ]),
  mapRuns: [aMapRun({ succeeded: 26, total: 26 }, { status: 'SUCCEEDED' })],
};

function aCommandLine(execution: FakeExecution, columns?: number, others: readonly FakeExecution[] = []) {
  const clock = fakeClock({ startsAt: startDate, autoAdvance: true });
  const executions = fakeExecutions(clock, { past: [execution, ...others], starting: [execution] });
  return fakeCommandLine({ flows, executions, clock, ...(columns && { columns }) });
}

describe('a Map Run that failed', () => {
  it('is told with the first children that failed, and where to begin', async () => {
    const { stdout } = await aCommandLine(failed, 80).flow('show', 'geo-1');

    expect(stdout).toMatchInlineSnapshot(`
      "geo on local, execution geo-1
      FAILED, started 2026-11-20 06:33:00 UTC, ended 2026-11-20 06:33:02 UTC
      input  {}

      ✖ Units 12/26     2.0 s  7 failed, States.ExceedToleratedFailureThreshold

      FAILED in 2.0 s

      state         Units
      error         States.ExceedToleratedFailureThreshold
      cause         The specified tolerated failure threshold was exceeded
      look further  flow logs geo-1 --child 3
      try again     flow redrive geo-1

      Map Run  Unit of Units: 12 succeeded, 7 failed, 2 aborted
        #3   InvalidDataError: the cells of unit 3 are no Parquet file; make them
             again
             {"plan":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
        #4   InvalidDataError: the cells of unit 4 are no Parquet file; make them
             again
             {"plan":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
        #5   InvalidDataError: the cells of unit 5 are no Parquet file; make them
             again
             {"plan":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
        #6   InvalidDataError: the cells of unit 6 are no Parquet file; make them
             again
             {"plan":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
        #10  InvalidDataError: the cells of unit 10 are no Parquet file; make them
             again
             {"plan":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
        … and 2 more that failed; --json names up to 100
      "
    `);
  });

  it('is told the same when it was just run', async () => {
    const shown = await aCommandLine(failed).flow('show', 'geo-1');

    const { stdout, exitCode } = await aCommandLine(failed).flow('run', 'geo');

    const report = shown.stdout.slice(shown.stdout.indexOf('FAILED in'));
    expect(report).toContain('#3');
    expect(stdout.slice(stdout.indexOf('FAILED in'))).toBe(report);
    expect(exitCode).toBe(1);
  });

  it('is in the JSON document with more of its children', async () => {
    const { stdout } = await aCommandLine(failed).flow('show', 'geo-1', '--json');

    const { mapRuns, states } = JSON.parse(stdout);
    expect(states[0].iterations).toEqual({ total: 26, started: 21, succeeded: 12, failed: 7 });
    expect(mapRuns).toHaveLength(1);
    expect(mapRuns[0]).toMatchObject({ label: 'Unit', state: 'Units', status: 'FAILED', counts: { failed: 7 } });
    expect(mapRuns[0].failedChildren).toHaveLength(7);
    expect(mapRuns[0].failedChildren[0]).toEqual({
      ...aChild(3),
      cause: 'the cells of unit 3 are no Parquet file;\nmake them again',
    });
  });

  it('is told where it ran when another flow started it', async () => {
    const arn = 'arn:aws:states:us-east-1:000000000000:execution:geo:geo-1';
    const outer: FakeExecution = {
      execution: { name: 'all-1', flowName: 'all', status: 'FAILED', startDate, stopDate, error: 'States.TaskFailed' },
      history: aHistory(startDate, [
        { type: 'ExecutionStarted' },
        ...aNestedFlow('RunGeo', arn, 0).slice(0, 4),
        { type: 'TaskFailed', details: { error: 'States.TaskFailed', cause: '{"Name":"geo-1","Status":"FAILED"}' } },
        { type: 'ExecutionFailed', details: { error: 'States.TaskFailed' } },
      ]),
    };

    const { stdout } = await aCommandLine(failed, 100, [outer]).flow('show', 'all-1');

    expect(stdout).toContain(
      "Map Run  Unit of Units in flow 'geo' (execution geo-1): 12 succeeded, 7 failed, 2 aborted",
    );
    expect(stdout).toContain('flow logs geo-1 --child 3');
  });

  it.each<{ name: string; child: FailedChild; says: string }>([
    {
      name: 'a child that Step Functions named, and that timed out',
      child: { name: 'unit-0f4c1d2e-aaaa-bbbb', status: 'TIMED_OUT', inputText: '{"index":3}' },
      says: '  #unit-0f4  TIMED_OUT\n             {"index":3}\n',
    },
    {
      name: 'a cause as long as a stack trace',
      child: { name: 'unit-1', index: 1, status: 'FAILED', inputText: '', error: 'E', cause: 'x '.repeat(1_000) },
      says: `  #1  E: ${'x '.repeat(249)}x…\n`,
    },
  ])('tells $name', async ({ child, says }) => {
    const one = { ...failed, mapRuns: [aMapRun({ failed: 1, total: 1 })], failedChildren: [child] };

    const { stdout } = await aCommandLine(one).flow('show', 'geo-1');

    expect(stdout).toContain(says);
  });
});

describe('a Map Run in which all went well', () => {
  it('is shown with its count', async () => {
    const { stdout } = await aCommandLine(succeeded, 80).flow('show', 'geo-1');

    expect(stdout).toContain('✔ Units 26/26');
    expect(stdout).toContain('Map Run  Unit of Units: 26 succeeded\n');
  });

  it('is not worth a word after a run', async () => {
    const { stdout } = await aCommandLine(succeeded, 80).flow('run', 'geo');

    expect(stdout).toContain('✔ Units 26/26');
    expect(stdout).not.toContain('Map Run');
  });
});

describe('flow logs', () => {
  it('tells the lines of children apart, in the order of time', async () => {
    const { stdout } = await aCommandLine(failed).flow('logs', 'geo-1');

    expect(stdout).toMatchInlineSnapshot(`
      "2026-11-20 06:33:00.000  INFO   geo > Unit  planned
      2026-11-20 06:33:01.000  INFO   geo > Unit #12  sooner
      2026-11-20 06:33:02.000  INFO   geo > Unit #3  later
      "
    `);
  });

  it.each([
    { name: 'an index', child: '3', messages: ['later'] },
    { name: 'an index as it is shown', child: '#12', messages: ['sooner'] },
    { name: 'a name', child: 'unit-12', messages: ['sooner'] },
    { name: 'an index that is only the beginning of one', child: '1', messages: [] },
  ])('keeps to one child by $name', async ({ child, messages }) => {
    const { stdout } = await aCommandLine(failed).flow('logs', 'geo-1', '--child', child, '--json');

    expect(JSON.parse(stdout).map(({ message }: { message: string }) => message)).toEqual(messages);
  });

  it('takes the beginning of a name where there is no index', async () => {
    const named = {
      ...failed,
      logs: [aLine(1, 'here', { name: '0f4c1d2e-aaaa' }), aLine(2, 'other', { name: '1f4c' })],
    };

    const { stdout } = await aCommandLine(named).flow('logs', 'geo-1', '--child', '0f4c1d2e');

    expect(stdout).toBe('2026-11-20 06:33:01.000  INFO   geo > Unit #0f4c1d2e  here\n');
  });

  it('says so when the child wrote nothing', async () => {
    const { stdout } = await aCommandLine(failed).flow('logs', 'geo-1', '--child', '25');

    expect(stdout).toBe("no task of geo-1 wrote anything in child '25'\n");
  });
});
