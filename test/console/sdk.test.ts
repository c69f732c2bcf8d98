import * as sfn from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../lib/console/app.ts';
import { operations } from '../../lib/console/operations.ts';
import { listen } from '../../lib/console/server.ts';
import { aService, passing, roleArn, type TestService, waiting } from '../engine/service/a-service.ts';

/* The AWS SDK, unchanged, against a server on a port of the loopback interface. */

let made: TestService;
let client: sfn.SFNClient;
let close: () => Promise<void>;
const bugs: unknown[] = [];

beforeEach(async () => {
  made = await aService();
  const server = await listen(createApp({ service: made.service, onBug: (error) => bugs.push(error) }), 0);
  client = new sfn.SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    disableHostPrefix: true,
    maxAttempts: 1,
  });
  close = async () => {
    client.destroy();
    await server.close();
  };
});

afterEach(async () => {
  await close();
  expect(bugs.splice(0)).toEqual([]);
});

const now = new Date('2026-01-01T00:00:00.000Z');
const arn = (kind: string, name: string) => `arn:aws:states:us-east-1:000000000000:${kind}:${name}`;

async function create(name: string, definition: string, type: sfn.StateMachineType = 'STANDARD'): Promise<string> {
  const command = new sfn.CreateStateMachineCommand({ name, definition, roleArn, type });
  return (await client.send(command)).stateMachineArn ?? '';
}

async function start(stateMachineArn: string, input = '{}'): Promise<string> {
  return (await client.send(new sfn.StartExecutionCommand({ stateMachineArn, input }))).executionArn ?? '';
}

async function ended(executionArn: string): Promise<sfn.DescribeExecutionCommandOutput> {
  for await (const _event of made.executions.history(executionArn, { follow: true }));
  return client.send(new sfn.DescribeExecutionCommand({ executionArn }));
}

/** An answer without what the SDK adds. */
function content<T extends { $metadata: unknown }>({ $metadata: _metadata, ...answered }: T): Omit<T, '$metadata'> {
  return answered;
}

describe('the SDK', () => {
  test('makes, describes, updates, lists and deletes a state machine', async () => {
    const stateMachineArn = await create('Greeting', passing);
    const { revisionId } = await client.send(
      new sfn.UpdateStateMachineCommand({
        stateMachineArn,
        definition: waiting,
        tracingConfiguration: { enabled: true },
      }),
    );

    const described = await client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
    const listed = await client.send(new sfn.ListStateMachinesCommand({}));
    await client.send(new sfn.DeleteStateMachineCommand({ stateMachineArn }));

    expect(content(described)).toEqual({
      stateMachineArn: arn('stateMachine', 'Greeting'),
      name: 'Greeting',
      status: 'ACTIVE',
      definition: waiting,
      roleArn,
      type: 'STANDARD',
      creationDate: now,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: true },
      revisionId,
    });
    expect(listed.stateMachines).toContainEqual({
      stateMachineArn,
      name: 'Greeting',
      type: 'STANDARD',
      creationDate: now,
    });
    const gone = client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }));
    await expect(gone).rejects.toBeInstanceOf(sfn.StateMachineDoesNotExist);
  });

  test('runs a state machine and reads what became of it', async () => {
    const executionArn = await start(await create('Greeting', passing), '{"a":1}');

    const execution = await ended(executionArn);
    const machine = await client.send(new sfn.DescribeStateMachineForExecutionCommand({ executionArn }));

    expect(content(execution)).toEqual({
      executionArn,
      stateMachineArn: arn('stateMachine', 'Greeting'),
      name: executionArn.split(':').at(-1),
      status: 'SUCCEEDED',
      startDate: now,
      stopDate: now,
      input: '{"a":1}',
      inputDetails: { included: true },
      output: '{"a":1}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    expect(machine).toMatchObject({ name: 'Greeting', definition: passing, updateDate: now });
  });

  test('pages through a history in both directions', async () => {
    const executionArn = await start(await create('Greeting', passing));
    await ended(executionArn);
    const typesFrom = async (reverseOrder: boolean): Promise<(string | undefined)[][]> => {
      const pages = sfn.paginateGetExecutionHistory({ client, pageSize: 3 }, { executionArn, reverseOrder });
      return Array.fromAsync(pages, ({ events }) => events?.map(({ type }) => type) ?? []);
    };

    expect(await typesFrom(false)).toEqual([
      ['ExecutionStarted', 'PassStateEntered', 'PassStateExited'],
      ['ExecutionSucceeded'],
    ]);
    expect(await typesFrom(true)).toEqual([
      ['ExecutionSucceeded', 'PassStateExited', 'PassStateEntered'],
      ['ExecutionStarted'],
    ]);
  });

  test('gets the details of events in the members it knows', async () => {
    const executionArn = await start(await create('Greeting', passing), '{"a":1}');
    await ended(executionArn);

    const { events } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn }));

    expect(events?.[1]).toEqual({
      id: 2,
      previousEventId: 0,
      timestamp: now,
      type: 'PassStateEntered',
      stateEnteredEventDetails: { name: 'Pass', input: '{"a":1}', inputDetails: { truncated: false } },
    });
  });

  test('stops, redrives and lists executions', async () => {
    const stateMachineArn = await create('Waiting', waiting);
    const executionArn = await start(stateMachineArn);

    const { stopDate } = await client.send(new sfn.StopExecutionCommand({ executionArn, error: 'Enough' }));
    const { redriveDate } = await client.send(new sfn.RedriveExecutionCommand({ executionArn }));
    const waiter = made.clock.advance(10_000);
    await waiter;
    await ended(executionArn);
    const { executions } = await client.send(
      new sfn.ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED', redriveFilter: 'REDRIVEN' }),
    );

    expect([stopDate, redriveDate]).toEqual([now, now]);
    expect(executions).toMatchObject([{ executionArn, status: 'SUCCEEDED', redriveCount: 1, redriveDate: now }]);
  });

  test('waits for the answer of an express execution', async () => {
    const stateMachineArn = await create('Fast', passing, 'EXPRESS');

    const response = await client.send(new sfn.StartSyncExecutionCommand({ stateMachineArn, input: '[1]' }));

    expect(response).toMatchObject({ status: 'SUCCEEDED', output: '[1]', startDate: now, stopDate: now });
    expect(response.executionArn).toContain(':express:Fast:');
  });

  test('works on an activity', async () => {
    const { activityArn = '' } = await client.send(new sfn.CreateActivityCommand({ name: 'Work' }));
    const definition = { StartAt: 'Work', States: { Work: { Type: 'Task', Resource: activityArn, End: true } } };
    const executionArn = await start(await create('Employer', JSON.stringify(definition)), '{"job":7}');

    const { taskToken, input } = await client.send(new sfn.GetActivityTaskCommand({ activityArn, workerName: 'me' }));
    await client.send(new sfn.SendTaskHeartbeatCommand({ taskToken }));
    await client.send(new sfn.SendTaskSuccessCommand({ taskToken, output: '"done"' }));

    expect(input).toBe('{"job":7}');
    expect(await ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
    const again = client.send(new sfn.SendTaskFailureCommand({ taskToken, error: 'Late' }));
    await expect(again).rejects.toBeInstanceOf(sfn.TaskTimedOut);
    const described = await client.send(new sfn.DescribeActivityCommand({ activityArn }));
    const { activities } = await client.send(new sfn.ListActivitiesCommand({}));
    await client.send(new sfn.DeleteActivityCommand({ activityArn }));
    expect(content(described)).toEqual({ activityArn, name: 'Work', creationDate: now });
    expect(activities).toEqual([{ activityArn, name: 'Work', creationDate: now }]);
  });

  test('watches and changes a Map Run', async () => {
    const definition = {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'Wait',
            States: { Wait: { Type: 'Wait', Seconds: 10, End: true } },
          },
          End: true,
        },
      },
    };
    const executionArn = await start(await create('Each', JSON.stringify(definition)), '[1,2]');
    await made.clock.advance(1_000);

    const { mapRuns = [] } = await client.send(new sfn.ListMapRunsCommand({ executionArn }));
    const mapRunArn = mapRuns[0]?.mapRunArn;
    await client.send(new sfn.UpdateMapRunCommand({ mapRunArn, toleratedFailurePercentage: 12.5 }));
    const described = await client.send(new sfn.DescribeMapRunCommand({ mapRunArn }));

    expect(described).toMatchObject({
      status: 'RUNNING',
      startDate: now,
      toleratedFailurePercentage: 12.5,
      executionCounts: { running: 2, total: 2 },
    });
  });

  test('tries out a state and validates a definition', async () => {
    const state = { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input.a + 1 %}', Next: 'Then' };

    const tried = await client.send(
      new sfn.TestStateCommand({ definition: JSON.stringify(state), input: '{"a":1}', inspectionLevel: 'DEBUG' }),
    );
    const validated = await client.send(new sfn.ValidateStateMachineDefinitionCommand({ definition: '{}' }));

    expect(tried).toMatchObject({
      status: 'SUCCEEDED',
      output: '2',
      nextState: 'Then',
      inspectionData: { input: '{"a":1}' },
    });
    expect(validated).toMatchObject({ result: 'FAIL', truncated: false, diagnostics: [{ severity: 'ERROR' }] });
  });

  test('tags resources', async () => {
    const resourceArn = await create('Greeting', passing);
    await client.send(new sfn.TagResourceCommand({ resourceArn, tags: [{ key: 'a', value: '1' }] }));
    await client.send(new sfn.TagResourceCommand({ resourceArn, tags: [{ key: 'b', value: '2' }] }));
    await client.send(new sfn.UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));

    const { tags } = await client.send(new sfn.ListTagsForResourceCommand({ resourceArn }));

    expect(tags).toEqual([{ key: 'b', value: '2' }]);
  });
});

describe('the exceptions of the SDK', () => {
  const invalid = arn('stateMachine', 'Nope');

  test.each([
    {
      exception: sfn.StateMachineDoesNotExist,
      command: () => new sfn.DescribeStateMachineCommand({ stateMachineArn: invalid }),
    },
    {
      exception: sfn.ExecutionDoesNotExist,
      command: () => new sfn.GetExecutionHistoryCommand({ executionArn: arn('execution', 'Nope:one') }),
    },
    {
      exception: sfn.ActivityDoesNotExist,
      command: () => new sfn.DescribeActivityCommand({ activityArn: arn('activity', 'Nope') }),
    },
    {
      exception: sfn.ResourceNotFound,
      command: () => new sfn.DescribeMapRunCommand({ mapRunArn: arn('mapRun', 'Nope/label:id') }),
    },
    { exception: sfn.InvalidArn, command: () => new sfn.ListExecutionsCommand({ stateMachineArn: 'nonsense' }) },
    { exception: sfn.InvalidName, command: () => new sfn.CreateActivityCommand({ name: 'a b' }) },
    {
      exception: sfn.InvalidDefinition,
      command: () => new sfn.CreateStateMachineCommand({ name: 'A', roleArn, definition: '{}' }),
    },
    { exception: sfn.InvalidToken, command: () => new sfn.SendTaskHeartbeatCommand({ taskToken: 'made-up' }) },
    {
      exception: sfn.InvalidOutput,
      command: () => new sfn.SendTaskSuccessCommand({ taskToken: 'made-up', output: 'nonsense' }),
    },
    { exception: sfn.ValidationException, command: () => new sfn.ListStateMachinesCommand({ maxResults: 1_001 }) },
  ])('$exception.name', async ({ exception, command }) => {
    // each command has its own type, and the client takes one of them at a time
    const answered = client.send(command() as sfn.DescribeActivityCommand);

    await expect(answered).rejects.toBeInstanceOf(exception);
    await expect(answered).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
  });
});

test('answers every operation of the SDK but those of versions and aliases', () => {
  const known = Object.keys(sfn)
    .filter((name) => /^[A-Z]\w+Command$/.test(name))
    .map((name) => name.slice(0, -'Command'.length));

  const missing = known.filter((name) => !Object.hasOwn(operations, name));

  expect(missing.filter((name) => !/StateMachine(Version|Alias)/.test(name))).toEqual([]);
  expect(Object.keys(operations).filter((name) => !known.includes(name))).toEqual([]);
});
