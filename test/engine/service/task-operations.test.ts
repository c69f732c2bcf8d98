import { describe, expect, test } from 'vitest';
import type { TaskCall } from '../../../lib/engine/resources/task-resource.ts';
import { openEngine } from '../../../lib/engine/service/open-engine.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { create, ended, start, type TestService } from './a-service.ts';

const asking = JSON.stringify({
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'queue', MessageBody: { 'Token.$': '$$.Task.Token' } },
      HeartbeatSeconds: 20,
      End: true,
    },
  },
});

/** A service whose queue tells the token of each task that waits. */
async function withQueue(): Promise<TestService & { taskToken(): Promise<string> }> {
  const clock = fakeClock();
  const token = Promise.withResolvers<string>();
  const sendMessage = {
    async call({ parameters }: TaskCall) {
      token.resolve(String((parameters as { MessageBody: { Token: string } }).MessageBody.Token)); // what `asking` sends
      return {};
    },
  };
  const engine = await openEngine({
    clock,
    flows: [],
    invokeTask: async () => null,
    events: { emit: async () => undefined },
    resources: { 'sqs:sendMessage': sendMessage },
  });
  await create(engine.service, { name: 'Ask', definition: asking });
  return { ...engine, clock, taskToken: () => token.promise };
}

describe('a task that waits for its token', () => {
  test('goes on with the output that comes back', async () => {
    const made = await withQueue();
    const { executionArn } = await start(made.service, 'Ask');

    await made.service.sendTaskSuccess({ taskToken: await made.taskToken(), output: '{"yes":true}' });

    expect(await ended(made, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"yes":true}' });
  });

  test('fails with the error that comes back', async () => {
    const made = await withQueue();
    const { executionArn } = await start(made.service, 'Ask');

    await made.service.sendTaskFailure({ taskToken: await made.taskToken(), error: 'No', cause: 'not today' });

    expect(await ended(made, executionArn)).toMatchObject({ status: 'FAILED', error: 'No', cause: 'not today' });
  });

  test('lives as long as heartbeats come', async () => {
    const made = await withQueue();
    const { executionArn } = await start(made.service, 'Ask');
    const taskToken = await made.taskToken();
    const status = async () =>
      (await made.service.describeExecution({ executionArn, includedData: 'METADATA_ONLY' })).status;

    await made.clock.advance(15_000);
    await made.service.sendTaskHeartbeat({ taskToken });
    await made.clock.advance(15_000);
    const alive = await status();
    await made.clock.advance(15_000);

    expect([alive, await status()]).toEqual(['RUNNING', 'FAILED']);
  });

  test('takes its token once', async () => {
    const { service, taskToken } = await withQueue();
    await start(service, 'Ask');
    const token = await taskToken();
    await service.sendTaskSuccess({ taskToken: token, output: '1' });

    for (const again of [
      service.sendTaskSuccess({ taskToken: token, output: '2' }),
      service.sendTaskFailure({ taskToken: token }),
      service.sendTaskHeartbeat({ taskToken: token }),
    ]) {
      await expect(again).rejects.toMatchObject({
        exceptionName: 'TaskTimedOut',
        message: "Task Timed Out: 'Provided task does not exist anymore'",
      });
    }
  });

  test('keeps its token when what comes back is no JSON', async () => {
    const { service, taskToken } = await withQueue();
    await start(service, 'Ask');
    const token = await taskToken();

    const refused = service.sendTaskSuccess({ taskToken: token, output: 'nonsense' });

    await expect(refused).rejects.toMatchObject({ exceptionName: 'InvalidOutput' });
    await expect(service.sendTaskSuccess({ taskToken: token, output: '1' })).resolves.toBeUndefined();
  });
});

test('refuses a token that never was one', async () => {
  const { service } = await withQueue();

  const refused = service.sendTaskHeartbeat({ taskToken: 'made-up' });

  await expect(refused).rejects.toMatchObject({
    exceptionName: 'InvalidToken',
    message: "Invalid Token: 'Invalid token'",
  });
});
