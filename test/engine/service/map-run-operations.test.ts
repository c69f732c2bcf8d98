import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ExecutionListItem } from '../../../lib/execution/service/execution-operations.ts';
import { aService, create, ended, start, type TestService, type TestServiceOptions } from './a-service.ts';

const distributed = (state: object) =>
  JSON.stringify({
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        Label: 'each',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Wait',
          States: { Wait: { Type: 'Wait', Seconds: 10, End: true } },
        },
        End: true,
        ...state,
      },
    },
  });

async function running(
  state: object = {},
  options: TestServiceOptions = {},
): Promise<TestService & { executionArn: string; mapRunArn: string }> {
  const made = await aService(options);
  await create(made.service, { name: 'Each', definition: distributed(state) });
  const { executionArn } = await start(made.service, 'Each', { input: '[1,2,3]' });
  await made.clock.advance(1_000);
  const { mapRuns } = await made.service.listMapRuns({ executionArn, maxResults: 0 });
  return { ...made, executionArn, mapRunArn: mapRuns[0]?.mapRunArn ?? '' };
}

describe('a Map Run', () => {
  test('is listed for its execution', async () => {
    const { service, executionArn } = await running();

    const { mapRuns } = await service.listMapRuns({ executionArn, maxResults: 0 });

    expect(mapRuns).toEqual([
      {
        executionArn,
        mapRunArn: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:mapRun:Each\/each:[0-9a-f-]{36}$/),
        stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Each',
        startDate: new Date('2026-01-01T00:00:00.000Z'),
      },
    ]);
  });

  test('tells its limits and counts while it runs, and how it ended', async () => {
    const made = await running({ ToleratedFailureCount: 1 });
    const whileRunning = await made.service.describeMapRun({ mapRunArn: made.mapRunArn });

    await made.clock.advance(20_000);
    await ended(made, made.executionArn);
    const atTheEnd = await made.service.describeMapRun({ mapRunArn: made.mapRunArn });

    expect(whileRunning).toMatchObject({
      status: 'RUNNING',
      executionArn: made.executionArn,
      maxConcurrency: 0,
      toleratedFailureCount: 1,
      toleratedFailurePercentage: 0,
      executionCounts: { running: 3, succeeded: 0, total: 3 },
    });
    expect(atTheEnd).toMatchObject({
      status: 'SUCCEEDED',
      stopDate: new Date('2026-01-01T00:00:10.000Z'),
      itemCounts: { running: 0, succeeded: 3, total: 3, resultsWritten: 3 },
    });
  });

  test('takes other limits while it runs', async () => {
    const { service, mapRunArn } = await running();

    await service.updateMapRun({ mapRunArn, maxConcurrency: 5, toleratedFailurePercentage: 20 });

    expect(await service.describeMapRun({ mapRunArn })).toMatchObject({
      maxConcurrency: 5,
      toleratedFailurePercentage: 20,
    });
    await service.updateMapRun({ mapRunArn, maxConcurrency: 0 });
    expect(await service.describeMapRun({ mapRunArn })).toMatchObject({ maxConcurrency: 0 });
  });

  test.each([
    { name: 'nothing to change', request: {}, reason: 'MISSING_REQUIRED_PARAMETER' },
    { name: 'a change after its end', request: { maxConcurrency: 1 }, reason: 'CANNOT_UPDATE_COMPLETED_MAP_RUN' },
  ])('refuses $name', async ({ request, reason }) => {
    const made = await running();
    await made.clock.advance(20_000);
    await ended(made, made.executionArn);

    const refused = made.service.updateMapRun({ mapRunArn: made.mapRunArn, ...request });

    await expect(refused).rejects.toMatchObject({ exceptionName: 'ValidationException', members: { reason } });
  });
});

describe('children of a Map Run', () => {
  async function withFailures(): Promise<Awaited<ReturnType<typeof running>> & { children: ExecutionListItem[] }> {
    const processor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'Odd',
      States: {
        Odd: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 2, Next: 'Fail' }], Default: 'Pass' },
        Fail: { Type: 'Fail', Error: 'Even', Cause: 'it is two' },
        Pass: { Type: 'Pass', End: true },
      },
    };
    const made = await running({ ItemProcessor: processor, ToleratedFailureCount: 3 });
    await ended(made, made.executionArn);
    const { executions } = await made.service.listExecutions({ mapRunArn: made.mapRunArn, maxResults: 0 });
    return { ...made, children: [...executions] };
  }

  test('are listed once they have ended', async () => {
    const { children, mapRunArn } = await withFailures();

    expect(children.map(({ name, status }) => [name?.slice(-2), status])).toEqual([
      ['-2', 'SUCCEEDED'],
      ['-1', 'FAILED'],
      ['-0', 'SUCCEEDED'],
    ]);
    expect(children[2]).toEqual({
      executionArn: `${mapRunArn.replace(':mapRun:', ':execution:')}-0`,
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Each/each',
      name: `${mapRunArn.split(':').at(-1)}-0`,
      status: 'SUCCEEDED',
      startDate: new Date('2026-01-01T00:00:00.000Z'),
      stopDate: new Date('2026-01-01T00:00:00.000Z'),
      mapRunArn,
      redriveCount: 0,
    });
  });

  test('are described with what they gave or why they failed', async () => {
    const { service, children } = await withFailures();
    const describeChild = (child: number) =>
      service.describeExecution({ executionArn: children[child]?.executionArn ?? '', includedData: 'ALL_DATA' });

    expect(await describeChild(2)).toMatchObject({ output: '1', redriveStatus: 'NOT_REDRIVABLE' });
    expect(await describeChild(1)).toMatchObject({
      error: 'Even',
      cause: 'it is two',
      redriveStatus: 'REDRIVABLE_BY_MAP_RUN',
    });
  });

  test('are not listed together with the executions of a machine', async () => {
    const { service, mapRunArn } = await withFailures();
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:Each';

    const both = service.listExecutions({ mapRunArn, stateMachineArn, maxResults: 0 });

    await expect(both).rejects.toMatchObject({ exceptionName: 'ValidationException' });
  });
});

describe('a Map Run of a process that is no more', () => {
  const folders: string[] = [];

  afterEach(async () => {
    await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
  });

  async function inTheNextProcess(state: object): Promise<Awaited<ReturnType<typeof running>>> {
    const folder = await mkdtemp(join(tmpdir(), 'map-runs-'));
    folders.push(folder);
    const before = await running(state, { folder });
    await before.clock.advance(20_000);
    await ended(before, before.executionArn);
    return { ...before, ...(await aService({ folder })) };
  }

  test('is told by the history and the ends of its children', async () => {
    const { service, executionArn, mapRunArn } = await inTheNextProcess({
      MaxConcurrency: 2,
      ToleratedFailureCount: 1,
    });

    const { mapRuns } = await service.listMapRuns({ executionArn, maxResults: 0 });
    const described = await service.describeMapRun({ mapRunArn });
    const { executions } = await service.listExecutions({ mapRunArn, maxResults: 0 });

    expect(mapRuns.map((run) => run.mapRunArn)).toEqual([mapRunArn]);
    expect(described).toMatchObject({
      status: 'SUCCEEDED',
      startDate: new Date('2026-01-01T00:00:00.000Z'),
      stopDate: new Date('2026-01-01T00:00:20.000Z'),
      maxConcurrency: 2,
      toleratedFailureCount: 1,
      redriveCount: 0,
      executionCounts: { succeeded: 3, failed: 0, running: 0, total: 3 },
    });
    expect(executions.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    const child = { executionArn: executions[0]?.executionArn ?? '', includedData: 'ALL_DATA' } as const;
    expect(await service.describeExecution(child)).toMatchObject({ output: '3' });
  });

  test('cannot be changed any more', async () => {
    const { service, mapRunArn } = await inTheNextProcess({});

    const refused = service.updateMapRun({ mapRunArn, maxConcurrency: 1 });

    await expect(refused).rejects.toMatchObject({ members: { reason: 'CANNOT_UPDATE_COMPLETED_MAP_RUN' } });
  });
});

test('refuses a Map Run that is not there', async () => {
  const { service, mapRunArn } = await running();

  const refused = service.describeMapRun({ mapRunArn: `${mapRunArn}0` });

  await expect(refused).rejects.toMatchObject({ exceptionName: 'ResourceNotFound' });
});
