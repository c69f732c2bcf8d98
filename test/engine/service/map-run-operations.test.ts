import { describe, expect, test } from 'vitest';
import { aService, create, ended, start, type TestService } from './a-service.ts';

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

async function running(state: object = {}): Promise<TestService & { executionArn: string; mapRunArn: string }> {
  const made = await aService();
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

test('refuses a Map Run that is not there', async () => {
  const { service, mapRunArn } = await running();

  const refused = service.describeMapRun({ mapRunArn: `${mapRunArn}0` });

  await expect(refused).rejects.toMatchObject({ exceptionName: 'ResourceNotFound' });
});
