import { describe, expect, test } from 'vitest';
import { isTerminal } from '../../../lib/execution/execution.ts';
import { aService, create, ended, start, type TestService, waiting } from './a-service.ts';

const machineArn = (name: string) => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;
const executionArn = (machine: string, name: string) =>
  `arn:aws:states:us-east-1:000000000000:execution:${machine}:${name}`;
const all = { includedData: 'ALL_DATA' } as const;

const failing = JSON.stringify({
  StartAt: 'Fail',
  States: { Fail: { Type: 'Fail', Error: 'Broken', Cause: 'it was meant to' } },
});

/** A machine whose only state hands its input to a function. */
function calling(functionName: string): string {
  return JSON.stringify({
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: functionName, 'Payload.$': '$' },
        OutputPath: '$.Payload',
        End: true,
      },
    },
  });
}

/** A service with the machines `Pass`, `Wait` and `Fail`. */
async function withMachines(): Promise<TestService> {
  const made = await aService();
  await create(made.service, { name: 'Pass' });
  await create(made.service, { name: 'Wait', definition: waiting });
  await create(made.service, { name: 'Fail', definition: failing });
  return made;
}

describe('startExecution', () => {
  test('names the execution when the caller does not', async () => {
    const { service } = await withMachines();

    const { executionArn: arn, startDate } = await start(service, 'Pass');

    expect(arn).toMatch(/^arn:aws:states:us-east-1:000000000000:execution:Pass:[0-9a-f-]{36}$/);
    expect(startDate).toEqual(new Date('2026-01-01T00:00:00.000Z'));
  });

  test('answers a second start of what still runs as the first', async () => {
    const { service, clock } = await withMachines();
    const first = await start(service, 'Wait', { name: 'one', input: '{"a":1,"b":2}' });
    await clock.advance(1_000);

    const second = await start(service, 'Wait', { name: 'one', input: '{"b":2,"a":1}' });

    expect(second).toEqual(first);
  });

  test.each([
    { name: 'another input', machine: 'Wait', input: '{"other":true}' },
    { name: 'the same input after it has ended', machine: 'Pass', input: '{}' },
  ])('refuses a name that was used before, with $name', async ({ machine, input }) => {
    const made = await withMachines();
    const { executionArn: arn } = await start(made.service, machine, { name: 'one' });
    if (machine === 'Pass') await ended(made, arn);

    const refused = start(made.service, machine, { name: 'one', input });

    await expect(refused).rejects.toMatchObject({
      exceptionName: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${arn}'`,
    });
  });

  test('takes the first of two different starts that come at once', async () => {
    const { service } = await withMachines();

    const both = await Promise.allSettled([
      start(service, 'Wait', { name: 'one', input: '1' }),
      start(service, 'Wait', { name: 'one', input: '2' }),
    ]);

    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: { exceptionName: 'ExecutionAlreadyExists' } });
  });

  test.each([
    { name: 'input that is no JSON', request: { input: 'nonsense' }, exception: 'InvalidExecutionInput' },
    {
      name: 'input of more bytes than a payload may have',
      request: { input: `"${'é'.repeat(140_000)}"` },
      exception: 'ValidationException',
    },
    { name: 'a name with a colon', request: { name: 'a:b' }, exception: 'InvalidName' },
    {
      name: 'a machine that is not there',
      request: { stateMachineArn: machineArn('Nope') },
      exception: 'StateMachineDoesNotExist',
    },
  ])('refuses $name', async ({ request, exception }) => {
    const { service } = await withMachines();

    await expect(start(service, 'Pass', request)).rejects.toMatchObject({ exceptionName: exception });
  });

  test('runs a flow of the project with its own task', async () => {
    const made = await withMachines();

    const { executionArn: arn } = await start(made.service, 'DataFlows-local-prices', {
      name: 'one',
      input: '{"day":1}',
    });

    expect(await ended(made, arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"got":{"day":1}}' });
    expect(await made.executions.describe('prices/one')).toMatchObject({ flowName: 'prices' });
  });

  test.each([
    { name: 'by its ARN', functionName: 'arn:aws:lambda:us-east-1:000000000000:function:DataFlows-local-prices-Fetch' },
    { name: 'by its name', functionName: 'DataFlows-local-prices-Fetch' },
    { name: 'by name and version', functionName: 'DataFlows-local-prices-Fetch:$LATEST' },
  ])('lets a machine call the task of a flow $name', async ({ functionName }) => {
    const made = await aService();
    await create(made.service, { name: 'Calling', definition: calling(functionName) });

    const { executionArn: arn } = await start(made.service, 'Calling', { input: '7' });

    expect(await ended(made, arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"got":7}' });
  });

  test('fails a machine that calls a function that is not there, as the service does', async () => {
    const made = await aService();
    await create(made.service, { name: 'Calling', definition: calling('nobody') });

    const { executionArn: arn } = await start(made.service, 'Calling');

    expect(await ended(made, arn)).toMatchObject({
      status: 'FAILED',
      error: 'Lambda.ResourceNotFoundException',
      cause: expect.stringContaining('Function not found: nobody:$LATEST (Service: AWSLambda; Status Code: 404'),
    });
  });

  test('fails an execution whose resource has no stand-in, with a sentence, and goes on serving', async () => {
    const made = await aService();
    const definition = JSON.stringify({
      StartAt: 'Get',
      States: {
        Get: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:glacier:listVaults',
          Parameters: { AccountId: '-' },
          End: true,
        },
      },
    });
    await create(made.service, { name: 'Get', definition });

    const execution = await ended(made, (await start(made.service, 'Get')).executionArn);

    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(execution.cause).toContain("no local stand-in for the task resource 'aws-sdk:glacier:listVaults'");
  });

  test('runs under the role of its machine', async () => {
    const made = await aService();
    const definition = JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: 'Look',
      States: { Look: { Type: 'Pass', Output: '{% $states.context.Execution.RoleArn %}', End: true } },
    });
    await create(made.service, { name: 'Look', definition, roleArn: 'arn:aws:iam::000000000000:role/looker' });

    const { executionArn: arn } = await start(made.service, 'Look');

    expect(await ended(made, arn)).toMatchObject({ output: '"arn:aws:iam::000000000000:role/looker"' });
    const machine = await made.service.describeStateMachineForExecution({ executionArn: arn, ...all });
    expect(machine.roleArn).toBe('arn:aws:iam::000000000000:role/looker');
  });

  test('lets one made machine start another', async () => {
    const made = await withMachines();
    const definition = JSON.stringify({
      StartAt: 'Inner',
      States: {
        Inner: {
          Type: 'Task',
          Resource: 'arn:aws:states:::states:startExecution.sync:2',
          Parameters: { StateMachineArn: machineArn('Pass'), 'Input.$': '$' },
          OutputPath: '$.Output',
          End: true,
        },
      },
    });
    await create(made.service, { name: 'Outer', definition });

    const { executionArn: arn } = await start(made.service, 'Outer', { input: '{"a":1}' });

    expect(await ended(made, arn)).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
  });
});

describe('describeExecution', () => {
  test.each([
    {
      name: 'a running one',
      machine: 'Wait',
      status: 'RUNNING',
      redriveStatus: 'NOT_REDRIVABLE',
      reason: 'Execution is RUNNING and cannot be redriven',
    },
    { name: 'a failed one', machine: 'Fail', status: 'FAILED', redriveStatus: 'REDRIVABLE', reason: undefined },
    {
      name: 'one that succeeded',
      machine: 'Pass',
      status: 'SUCCEEDED',
      redriveStatus: 'NOT_REDRIVABLE',
      reason: 'Execution is SUCCEEDED and cannot be redriven',
    },
  ])('says whether $name can be redriven', async ({ machine, status, redriveStatus, reason }) => {
    const made = await withMachines();
    const { executionArn: arn } = await start(made.service, machine);
    if (status !== 'RUNNING') await ended(made, arn);

    const described = await made.service.describeExecution({ executionArn: arn, ...all });

    expect(described).toMatchObject({ status, redriveStatus });
    expect(described.redriveStatusReason).toBe(reason);
  });

  test('leaves input, output and cause out when only metadata is asked for', async () => {
    const made = await withMachines();
    const { executionArn: arn } = await start(made.service, 'Pass', { input: '{"secret":1}' });
    await ended(made, arn);

    const described = await made.service.describeExecution({ executionArn: arn, includedData: 'METADATA_ONLY' });

    expect(described).toMatchObject({ inputDetails: { included: false }, outputDetails: { included: false } });
    expect(JSON.stringify(described)).not.toContain('secret');
  });

  test.each([
    {
      name: 'one that is not there',
      arn: executionArn('Pass', 'nope'),
      exception: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${executionArn('Pass', 'nope')}'`,
    },
    {
      name: 'the ARN of a machine',
      arn: machineArn('Pass'),
      exception: 'InvalidArn',
      message: "Invalid Arn: 'Resource type not valid in this context: stateMachine'",
    },
    {
      name: 'an ARN that leads out of the folder',
      arn: executionArn('Pass', '..'),
      exception: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${executionArn('Pass', '..')}'`,
    },
  ])('refuses $name', async ({ arn, exception, message }) => {
    const { service } = await withMachines();

    const refused = service.describeExecution({ executionArn: arn, ...all });

    await expect(refused).rejects.toMatchObject({ exceptionName: exception, message });
  });
});

describe('listExecutions', () => {
  async function threeEnded(): Promise<TestService> {
    const made = await withMachines();
    for (const name of ['one', 'two', 'three']) {
      await ended(made, (await start(made.service, 'Fail', { name })).executionArn);
      await made.clock.advance(1_000);
    }
    return made;
  }

  test('gives the newest first, page by page', async () => {
    const { service } = await threeEnded();
    const request = { stateMachineArn: machineArn('Fail'), maxResults: 2 };

    const first = await service.listExecutions(request);
    const second = await service.listExecutions({ ...request, nextToken: first.nextToken });

    expect(first.executions.map(({ name }) => name)).toEqual(['three', 'two']);
    expect(second.executions.map(({ name }) => name)).toEqual(['one']);
    expect(second.nextToken).toBeUndefined();
  });

  test('shows of each what lists show', async () => {
    const { service } = await threeEnded();

    const { executions } = await service.listExecutions({ stateMachineArn: machineArn('Fail'), maxResults: 1 });

    expect(executions).toEqual([
      {
        executionArn: executionArn('Fail', 'three'),
        stateMachineArn: machineArn('Fail'),
        name: 'three',
        status: 'FAILED',
        startDate: new Date('2026-01-01T00:00:02.000Z'),
        stopDate: new Date('2026-01-01T00:00:02.000Z'),
        redriveCount: 0,
      },
    ]);
  });

  test.each([
    { name: 'a status that some have', filter: { statusFilter: 'FAILED' as const }, names: ['three', 'two', 'one'] },
    { name: 'a status that none has', filter: { statusFilter: 'RUNNING' as const }, names: [] },
    { name: 'those that were redriven', filter: { redriveFilter: 'REDRIVEN' as const }, names: ['two'] },
    { name: 'those that were not', filter: { redriveFilter: 'NOT_REDRIVEN' as const }, names: ['three', 'one'] },
  ])('filters by $name', async ({ filter, names }) => {
    const made = await threeEnded();
    if ('redriveFilter' in filter) {
      await made.service.redriveExecution({ executionArn: executionArn('Fail', 'two') });
      await ended(made, executionArn('Fail', 'two'));
    }

    const request = { stateMachineArn: machineArn('Fail'), maxResults: 0, ...filter };
    const { executions } = await made.service.listExecutions(request);

    expect(executions.map(({ name }) => name)).toEqual(names);
  });

  test('refuses to list the executions of nothing', async () => {
    const { service } = await withMachines();

    const refused = service.listExecutions({ maxResults: 0 });

    await expect(refused).rejects.toMatchObject({
      exceptionName: 'ValidationException',
      message: 'Must provide a State Machine ARN or Map Run ARN',
    });
  });
});

describe('getExecutionHistory', () => {
  const request = { reverseOrder: false, includeExecutionData: true, maxResults: 0 };

  test('gives details under the members that the API has for them', async () => {
    const made = await withMachines();
    const { executionArn: arn } = await start(made.service, 'Pass', { input: '{"a":1}' });
    await ended(made, arn);

    const { events } = await made.service.getExecutionHistory({ executionArn: arn, ...request });

    const timestamp = new Date('2026-01-01T00:00:00.000Z');
    const data = { output: '{"a":1}', outputDetails: { truncated: false } };
    expect(events).toEqual([
      {
        id: 1,
        previousEventId: 0,
        timestamp,
        type: 'ExecutionStarted',
        executionStartedEventDetails: {
          input: '{"a":1}',
          inputDetails: { truncated: false },
          roleArn: expect.stringContaining(':role/'),
        },
      },
      {
        id: 2,
        previousEventId: 0,
        timestamp,
        type: 'PassStateEntered',
        stateEnteredEventDetails: { name: 'Pass', input: '{"a":1}', inputDetails: { truncated: false } },
      },
      {
        id: 3,
        previousEventId: 2,
        timestamp,
        type: 'PassStateExited',
        stateExitedEventDetails: { name: 'Pass', ...data },
      },
      { id: 4, previousEventId: 3, timestamp, type: 'ExecutionSucceeded', executionSucceededEventDetails: data },
    ]);
  });

  test('leaves data out when it is not asked for', async () => {
    const made = await withMachines();
    const { executionArn: arn } = await start(made.service, 'Pass', { input: '{"secret":1}' });
    await ended(made, arn);

    const { events } = await made.service.getExecutionHistory({
      executionArn: arn,
      ...request,
      includeExecutionData: false,
    });

    expect(JSON.stringify(events)).not.toContain('secret');
    expect(events[2]).toMatchObject({ stateExitedEventDetails: { name: 'Pass', outputDetails: { truncated: false } } });
  });

  test('pages from either end, and every event is on one page only', async () => {
    const made = await withMachines();
    const { executionArn: arn } = await start(made.service, 'Pass');
    await ended(made, arn);
    const idsFrom = async (reverseOrder: boolean): Promise<number[][]> => {
      const pages: number[][] = [];
      let nextToken: string | undefined;
      do {
        const paged = { executionArn: arn, includeExecutionData: true, maxResults: 3, reverseOrder, nextToken };
        const page = await made.service.getExecutionHistory(paged);
        pages.push(page.events.map(({ id }) => id));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return pages;
    };

    expect(await idsFrom(false)).toEqual([[1, 2, 3], [4]]);
    expect(await idsFrom(true)).toEqual([[4, 3, 2], [1]]);
  });

  test('ends a page early when its texts are long', async () => {
    const made = await withMachines();
    const input = `"${'x'.repeat(262_000)}"`;
    const states = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => {
        const next = index === 11 ? { End: true } : { Next: `Pass${index + 1}` };
        return [`Pass${index}`, { Type: 'Pass', ...next }];
      }),
    );
    await create(made.service, { name: 'Long', definition: JSON.stringify({ StartAt: 'Pass0', States: states }) });
    const { executionArn: arn } = await start(made.service, 'Long', { input });
    await ended(made, arn);

    const first = await made.service.getExecutionHistory({ executionArn: arn, ...request });
    const paged = { executionArn: arn, ...request, nextToken: first.nextToken };
    const second = await made.service.getExecutionHistory(paged);

    expect([first.events.length, second.events.length, second.nextToken]).toEqual([16, 10, undefined]);
  });

  test.each([
    { name: 'of another execution', key: `${executionArn('Pass', 'other')}\n2` },
    { name: 'that names no event', key: `${executionArn('Pass', 'one')}\nx` },
    { name: 'behind the end', key: `${executionArn('Pass', 'one')}\n99` },
    { name: 'that is no token', key: 'nonsense' },
  ])('refuses a token $name', async ({ key }) => {
    const made = await withMachines();
    const { executionArn: arn } = await start(made.service, 'Pass', { name: 'one' });
    await ended(made, arn);
    const nextToken = Buffer.from(key).toString('base64url');

    const refused = made.service.getExecutionHistory({ executionArn: arn, ...request, nextToken });

    await expect(refused).rejects.toMatchObject({ exceptionName: 'InvalidToken' });
  });

  test('grows while the execution runs', async () => {
    const { service, clock } = await withMachines();
    const { executionArn: arn } = await start(service, 'Wait');
    const before = await service.getExecutionHistory({ executionArn: arn, ...request });

    await clock.advance(10_000);
    const after = await service.getExecutionHistory({ executionArn: arn, ...request });

    expect([before.events.length, after.events.length]).toEqual([2, 4]);
  });
});

describe('stopExecution', () => {
  test('ends what runs, with the error and cause that were given', async () => {
    const { service, clock } = await withMachines();
    const { executionArn: arn } = await start(service, 'Wait');
    await clock.advance(4_000);

    const { stopDate } = await service.stopExecution({ executionArn: arn, error: 'Enough', cause: 'it took too long' });

    expect(stopDate).toEqual(new Date('2026-01-01T00:00:04.000Z'));
    expect(await service.describeExecution({ executionArn: arn, ...all })).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'it took too long',
    });
  });

  test('leaves alone what has ended, and says when that was', async () => {
    const made = await withMachines();
    const { executionArn: arn } = await start(made.service, 'Pass');
    await ended(made, arn);
    await made.clock.advance(4_000);

    const { stopDate } = await made.service.stopExecution({ executionArn: arn });

    expect(stopDate).toEqual(new Date('2026-01-01T00:00:00.000Z'));
  });
});

describe('redriveExecution', () => {
  test('sets an unsuccessful execution going again', async () => {
    const { service, clock } = await withMachines();
    const { executionArn: arn } = await start(service, 'Wait');
    await service.stopExecution({ executionArn: arn });
    await clock.advance(5_000);

    const { redriveDate } = await service.redriveExecution({ executionArn: arn });

    expect(redriveDate).toEqual(new Date('2026-01-01T00:00:05.000Z'));
    expect(await service.describeExecution({ executionArn: arn, ...all })).toMatchObject({
      status: 'RUNNING',
      redriveCount: 1,
      redriveDate,
    });
  });

  test('does it once for one client token', async () => {
    const { service } = await withMachines();
    const { executionArn: arn } = await start(service, 'Wait');
    await service.stopExecution({ executionArn: arn });
    const first = await service.redriveExecution({ executionArn: arn, clientToken: 'token' });

    const second = await service.redriveExecution({ executionArn: arn, clientToken: 'token' });

    expect(second).toEqual(first);
  });

  test('goes on once when two ask for it at the same time', async () => {
    const { service } = await withMachines();
    const { executionArn: arn } = await start(service, 'Wait');
    await service.stopExecution({ executionArn: arn });

    const both = await Promise.allSettled([
      service.redriveExecution({ executionArn: arn }),
      service.redriveExecution({ executionArn: arn }),
    ]);

    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: { exceptionName: 'ExecutionNotRedrivable' } });
  });

  test.each([
    { name: 'runs', machine: 'Wait', message: 'Execution is RUNNING and cannot be redriven' },
    { name: 'has succeeded', machine: 'Pass', message: 'Execution is SUCCEEDED and cannot be redriven' },
  ])('refuses what $name', async ({ machine, message }) => {
    const made = await withMachines();
    const { executionArn: arn } = await start(made.service, machine);
    if (machine === 'Pass') await ended(made, arn);

    const refused = made.service.redriveExecution({ executionArn: arn });

    await expect(refused).rejects.toMatchObject({ exceptionName: 'ExecutionNotRedrivable', message });
  });
});

test('stopAll aborts what runs with its reason, and it can be redriven', async () => {
  const { service, executions } = await withMachines();
  const { executionArn: arn } = await start(service, 'Wait', { name: 'one' });

  await service.stopAll({ error: 'Interrupted', cause: 'flow serve was stopped' });

  const execution = await executions.describe(arn);
  expect(isTerminal(execution)).toBe(true);
  expect(execution).toMatchObject({ status: 'ABORTED', error: 'Interrupted', cause: 'flow serve was stopped' });
  await expect(service.redriveExecution({ executionArn: arn })).resolves.toMatchObject({
    redriveDate: expect.any(Date),
  });
});
