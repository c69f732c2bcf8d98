import { describe, expect, test } from 'vitest';
import { aService, create, passing, start, type TestService } from './a-service.ts';

const machineArn = (name: string) => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;

async function express(definition: object | string = passing): Promise<TestService> {
  const made = await aService();
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  await create(made.service, { name: 'Fast', type: 'EXPRESS', definition: text });
  return made;
}

const request = { stateMachineArn: machineArn('Fast'), input: '{"a":1}', includedData: 'ALL_DATA' } as const;

const failing = { StartAt: 'Fail', States: { Fail: { Type: 'Fail', Error: 'Broken', Cause: 'meant to' } } };
const endless = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 600, End: true } } };

describe('startSyncExecution', () => {
  test('answers with the output', async () => {
    const { service } = await express();

    const { executionArn, ...response } = await service.startSyncExecution({ ...request, name: 'one' });

    expect(executionArn).toMatch(/^arn:aws:states:us-east-1:000000000000:express:Fast:one:[0-9a-f-]{36}$/);
    expect(response).toEqual({
      stateMachineArn: machineArn('Fast'),
      name: 'one',
      startDate: new Date('2026-01-01T00:00:00.000Z'),
      stopDate: new Date('2026-01-01T00:00:00.000Z'),
      status: 'SUCCEEDED',
      input: '{"a":1}',
      inputDetails: { included: true },
      output: '{"a":1}',
      outputDetails: { included: true },
      billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: 100 },
    });
  });

  test('answers with error and cause when it fails', async () => {
    const { service } = await express(failing);

    const response = await service.startSyncExecution(request);

    expect(response).toMatchObject({ status: 'FAILED', error: 'Broken', cause: 'meant to' });
  });

  test('ends what takes longer than five minutes', async () => {
    const { service, clock } = await express(endless);

    const answering = service.startSyncExecution(request);
    await clock.advance(300_000);

    expect(await answering).toMatchObject({
      status: 'TIMED_OUT',
      error: 'States.Timeout',
      stopDate: new Date('2026-01-01T00:05:00.000Z'),
    });
  });

  test('gives a context object without a redrive count, as the service does', async () => {
    const { service } = await express({
      QueryLanguage: 'JSONata',
      StartAt: 'Look',
      States: { Look: { Type: 'Pass', Output: '{% $keys($states.context.Execution) %}', End: true } },
    });

    const { output } = await service.startSyncExecution(request);

    expect(output).toBe('["Id","Input","StartTime","Name","RoleArn"]');
  });

  test('refuses standard machines', async () => {
    const { service } = await express();
    await create(service, { name: 'Slow' });

    const refused = service.startSyncExecution({ ...request, stateMachineArn: machineArn('Slow') });

    await expect(refused).rejects.toMatchObject({
      exceptionName: 'StateMachineTypeNotSupported',
      message: 'This operation is not supported by this type of state machine',
    });
  });
});

test('takes the same name twice: express executions are not unique', async () => {
  const { service } = await express();

  const first = await start(service, 'Fast', { name: 'one' });
  const second = await start(service, 'Fast', { name: 'one' });

  expect(first.executionArn).not.toBe(second.executionArn);
});

test.each([
  { name: 'described', call: 'describeExecution' as const },
  { name: 'redriven', call: 'redriveExecution' as const },
  { name: 'stopped', call: 'stopExecution' as const },
])('express executions cannot be $name', async ({ call }) => {
  const { service } = await express();
  const { executionArn } = await start(service, 'Fast');

  const refused = service[call]({ executionArn, includedData: 'ALL_DATA' });

  await expect(refused).rejects.toMatchObject({
    exceptionName: 'InvalidArn',
    message: "Invalid Arn: 'Resource type not valid in this context: express'",
  });
});

test('express executions are not listed', async () => {
  const { service } = await express();

  const refused = service.listExecutions({ stateMachineArn: machineArn('Fast'), maxResults: 0 });

  await expect(refused).rejects.toMatchObject({ exceptionName: 'StateMachineTypeNotSupported' });
});

test('refuses an express machine that waits for a token', async () => {
  const { service } = await aService();
  const definition = JSON.stringify({
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl: 'queue', 'MessageBody.$': '$$.Task.Token' },
        End: true,
      },
    },
  });

  const refused = create(service, { name: 'Asking', type: 'EXPRESS', definition });

  await expect(refused).rejects.toMatchObject({ exceptionName: 'InvalidDefinition' });
});

test('stopAll ends express executions too', async () => {
  const { service } = await express(endless);
  const answering = service.startSyncExecution(request);

  await service.stopAll({ error: 'Interrupted', cause: 'flow serve was stopped' });

  expect(await answering).toMatchObject({ status: 'FAILED', error: 'Interrupted' });
});
