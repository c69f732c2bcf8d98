import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import type { MapRun } from '../../lib/execution/map-run.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { aCloud, awsError, executionArns, stateMachines } from './a-cloud.ts';

const clock = fakeClock();
const executionArn = `${executionArns}verra-data:first`;
const mapRunArns = `${stateMachines.replace(':stateMachine:', ':mapRun:')}verra-data/`;
const childArns = `${executionArns}verra-data/Unit:`;

const counts = {
  ...{ pending: 0, running: 0, succeeded: 24, failed: 2, timedOut: 0, aborted: 0, total: 26, resultsWritten: 0 },
};

/** A cloud whose execution `first` has run a distributed Map. */
function aCloudWithMapRun() {
  const cloud = aCloud(clock);
  cloud.describes('verra-data', 'first', { status: 'FAILED' });
  const listed = (label: string, startsAt: string) => ({
    mapRunArn: `${mapRunArns}${label}`,
    executionArn,
    stateMachineArn: `${stateMachines}verra-data`,
    startDate: new Date(startsAt),
  });
  cloud.stepFunctions
    .on(ListMapRunsCommand, { executionArn, nextToken: undefined })
    .resolves({ mapRuns: [listed('Unit:2', '2026-11-20T06:33:02Z')], nextToken: 'more' })
    .on(ListMapRunsCommand, { executionArn, nextToken: 'more' })
    .resolves({ mapRuns: [listed('Part:1', '2026-11-20T06:33:01Z')] });
  for (const [label, startsAt] of [
    ['Unit:2', '2026-11-20T06:33:02Z'],
    ['Part:1', '2026-11-20T06:33:01Z'],
  ] as const) {
    cloud.stepFunctions.on(DescribeMapRunCommand, { mapRunArn: `${mapRunArns}${label}` }).resolves({
      ...listed(label, startsAt),
      status: 'FAILED',
      stopDate: new Date('2026-11-20T06:33:03Z'),
      redriveCount: 1,
      executionCounts: counts,
      itemCounts: { ...counts, total: 260 },
    });
  }
  return cloud;
}

describe('Map Runs', () => {
  it('are read page by page and described, oldest first', async () => {
    const { executions } = aCloudWithMapRun();

    const mapRuns = await executions.mapRuns('first');

    expect(mapRuns.map(({ mapRunArn }) => mapRunArn.slice(mapRunArns.length))).toEqual(['Part:1', 'Unit:2']);
    expect(mapRuns[1]).toEqual({
      mapRunArn: `${mapRunArns}Unit:2`,
      executionArn,
      status: 'FAILED',
      startDate: '2026-11-20T06:33:02.000Z',
      stopDate: '2026-11-20T06:33:03.000Z',
      redriveCount: 1,
      counts,
    });
  });

  it('are none where there is no distributed Map', async () => {
    const { executions, describes } = aCloud(clock);
    describes('verra-data', 'first');

    expect(await executions.mapRuns('first')).toEqual([]);
  });

  it('says in a sentence that they must not be read', async () => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    describes('verra-data', 'first');
    stepFunctions.on(ListMapRunsCommand).rejects(awsError('AccessDeniedException'));

    await expect(executions.mapRuns('first')).rejects.toThrow("cannot read the Map Runs of 'first': AWS denies it");
  });
});

describe('failed children', () => {
  const mapRun: MapRun = {
    mapRunArn: `${mapRunArns}Unit:2`,
    executionArn,
    status: 'FAILED',
    startDate: '2026-11-20T06:33:02.000Z',
    redriveCount: 0,
    counts,
  };
  const child = (name: string) => ({
    executionArn: `${childArns}${name}`,
    stateMachineArn: `${stateMachines}verra-data/Unit`,
    name,
    status: 'FAILED' as const,
    startDate: new Date('2026-11-20T06:33:02Z'),
  });

  it('are described with input and reason, those that timed out after those that failed', async () => {
    const { executions, stepFunctions } = aCloud(clock);
    const { mapRunArn } = mapRun;
    stepFunctions
      .on(ListExecutionsCommand, { mapRunArn, statusFilter: 'FAILED' })
      .resolves({ executions: [child('c1')] })
      .on(ListExecutionsCommand, { mapRunArn, statusFilter: 'TIMED_OUT' })
      .resolves({ executions: [child('c2')] })
      .on(DescribeExecutionCommand, { executionArn: `${childArns}c1` })
      .resolves({ input: '{"index":3}', error: 'InvalidDataError', cause: '{"errorMessage":"no rows"}' })
      .on(DescribeExecutionCommand, { executionArn: `${childArns}c2` })
      .resolves({ input: '{"index":4}' });

    const failed = await executions.failedChildren(mapRun, 5);

    expect(failed).toEqual([
      {
        name: 'c1',
        status: 'FAILED',
        inputText: '{"index":3}',
        error: 'InvalidDataError',
        cause: '{"errorMessage":"no rows"}',
      },
      { name: 'c2', status: 'TIMED_OUT', inputText: '{"index":4}' },
    ]);
  });

  it('are no more than asked for', async () => {
    const { executions, stepFunctions } = aCloud(clock);
    stepFunctions.on(ListExecutionsCommand).resolves({ executions: [child('c1')] });
    stepFunctions.on(DescribeExecutionCommand).resolves({});

    expect(await executions.failedChildren(mapRun, 1)).toHaveLength(1);
    expect(stepFunctions.commandCalls(ListExecutionsCommand).map(({ args }) => args[0].input.maxResults)).toEqual([1]);
  });

  it('are none where children are express executions, which are listed nowhere', async () => {
    const { executions, stepFunctions } = aCloud(clock);
    stepFunctions.on(ListExecutionsCommand).rejects(awsError('StateMachineTypeNotSupported'));

    expect(await executions.failedChildren(mapRun, 5)).toEqual([]);
  });
});

describe('logs of children', () => {
  const record = (second: number, execution: string) => ({
    message: JSON.stringify({
      timestamp: `2026-11-20T06:33:0${second}.000Z`,
      level: 'INFO',
      message: `by ${execution}`,
      execution,
      state: 'PinInputs',
    }),
  });

  it("are told apart from the execution's own and from those of executions beside it", async () => {
    const { executions, stepFunctions, logs } = aCloudWithMapRun();
    const children = (names: readonly string[]) =>
      names.map((name) => ({
        executionArn: `${childArns}${name}`,
        stateMachineArn: `${stateMachines}verra-data/Unit`,
        name,
        status: 'SUCCEEDED' as const,
        startDate: new Date('2026-11-20T06:33:02Z'),
      }));
    stepFunctions
      .on(ListExecutionsCommand, { mapRunArn: `${mapRunArns}Part:1` })
      .resolves({ executions: [] })
      .on(ListExecutionsCommand, { mapRunArn: `${mapRunArns}Unit:2`, nextToken: undefined })
      .resolves({ executions: children(['c1']), nextToken: 'more' })
      .on(ListExecutionsCommand, { mapRunArn: `${mapRunArns}Unit:2`, nextToken: 'more' })
      .resolves({ executions: children(['c2']) });
    const group = '/DataFlows/dev/verra-data/PinInputs';
    logs
      .on(FilterLogEventsCommand)
      .resolves({ events: [] })
      .on(FilterLogEventsCommand, { logGroupName: group })
      .resolves({ events: [record(4, 'c2'), record(1, 'first'), record(2, 'someone'), record(3, 'c1')] });

    const lines = await Array.fromAsync(executions.logs('first'));

    expect(lines.map(({ message, child }) => [message, child])).toEqual([
      ['by first', undefined],
      ['by c1', { name: 'c1' }],
      ['by c2', { name: 'c2' }],
    ]);
    expect(logs).toHaveReceivedCommandWith(FilterLogEventsCommand, {
      logGroupName: group,
      filterPattern: '{ $.flow = "verra-data" }',
      startTime: Date.parse('2026-11-20T06:33:00.000Z'),
      endTime: Date.parse('2026-11-20T06:34:04.000Z'),
    });
  });
});
