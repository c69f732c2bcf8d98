import * as sfn from '@aws-sdk/client-sfn';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterEach, expect, test } from 'vitest';
import { createApp } from '../../lib/console/app.ts';
import { listen } from '../../lib/console/server.ts';
import { aService, passing, roleArn, type TestService, type TestServiceOptions } from '../engine/service/a-service.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** The AWS SDK against a server on a port of its own. */
async function sdk(options: TestServiceOptions = {}): Promise<TestService & { client: SFNClient }> {
  const made = await aService(options);
  const onBug = (error: unknown) => {
    throw error;
  };
  const server = await listen(createApp({ service: made.service, onBug }), 0);
  const client = new SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    disableHostPrefix: true,
    maxAttempts: 1,
  });
  open.push({
    async close() {
      client.destroy();
      await server.close();
    },
  });
  return { ...made, client };
}

async function untilEnded(client: SFNClient, executionArn: string): Promise<sfn.DescribeExecutionCommandOutput> {
  for (;;) {
    const execution = await client.send(new sfn.DescribeExecutionCommand({ executionArn }));
    if (execution.status !== 'RUNNING') return execution;
  }
}

test('makes a state machine, runs it and reads its history', async () => {
  const { client } = await sdk();

  const { stateMachineArn } = await client.send(
    new sfn.CreateStateMachineCommand({ name: 'Greeting', definition: passing, roleArn }),
  );
  const { executionArn = '' } = await client.send(
    new sfn.StartExecutionCommand({ stateMachineArn, name: 'first', input: '{"a":1}' }),
  );
  const execution = await untilEnded(client, executionArn);
  const { events = [] } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn }));

  const { $metadata, ...described } = execution;
  expect(described).toEqual({
    executionArn: 'arn:aws:states:us-east-1:000000000000:execution:Greeting:first',
    stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Greeting',
    name: 'first',
    status: 'SUCCEEDED',
    startDate: new Date('2026-01-01T00:00:00.000Z'),
    stopDate: new Date('2026-01-01T00:00:00.000Z'),
    input: '{"a":1}',
    inputDetails: { included: true },
    output: '{"a":1}',
    outputDetails: { included: true },
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  });
  expect(events[1]).toEqual({
    id: 2,
    previousEventId: 0,
    timestamp: new Date('2026-01-01T00:00:00.000Z'),
    type: 'PassStateEntered',
    stateEnteredEventDetails: { name: 'Pass', input: '{"a":1}', inputDetails: { truncated: false } },
  });
});
