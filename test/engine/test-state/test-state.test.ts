import { describe, expect, test } from 'vitest';
import { createResources } from '../../../lib/engine/resources/task-resource.ts';
import { TaskFailed } from '../../../lib/engine/task-failure.ts';
import { testState } from '../../../lib/engine/test-state/test-state.ts';
import type { TestStateRequest } from '../../../lib/engine/test-state/test-state-request.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const resources = createResources({
  'lambda:invoke': { call: ({ parameters }) => ({ Payload: parameters, StatusCode: 200 }) },
  'sqs:sendMessage': {
    call() {
      throw new TaskFailed({ error: 'SQS.QueueDoesNotExist', cause: 'no queue' });
    },
  },
});

function ask(request: TestStateRequest) {
  return testState({ inspectionLevel: 'TRACE', ...request }, { clock: fakeClock(), resources });
}

const invokeArn = 'arn:aws:states:::lambda:invoke';
const invoke = { Type: 'Task', Resource: invokeArn, Parameters: { FunctionName: 'f' }, End: true };
const send = { QueueUrl: 'q', MessageBody: 'm' };
const map = { Type: 'Map', ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } }, End: true };

function machine(states: JsonObject): JsonObject {
  return { StartAt: Object.keys(states)[0] ?? '', States: states };
}

describe('shows the data on its way through', () => {
  test('a Task written in JSONPath', async () => {
    const definition = {
      ...invoke,
      InputPath: '$.a',
      Parameters: { FunctionName: 'f', 'x.$': '$.b' },
      ResultSelector: { 'y.$': '$.Payload.x' },
      ResultPath: '$.r',
      OutputPath: '$.r',
    };

    expect(await ask({ definition, input: { a: { b: 1 } } })).toEqual({
      status: 'SUCCEEDED',
      output: { y: 1 },
      inspectionData: {
        input: { a: { b: 1 } },
        afterInputPath: { b: 1 },
        afterParameters: { FunctionName: 'f', x: 1 },
        result: { Payload: { FunctionName: 'f', x: 1 }, StatusCode: 200 },
        afterResultSelector: { y: 1 },
        afterResultPath: { a: { b: 1 }, r: { y: 1 } },
      },
    });
  });

  test('a Task written in JSONata', async () => {
    const Arguments = { FunctionName: '{% $states.input.a %}' };
    const definition = { Type: 'Task', Resource: invokeArn, QueryLanguage: 'JSONata', Arguments, End: true };

    expect((await ask({ definition, input: { a: 'f' } })).inspectionData).toEqual({
      input: { a: 'f' },
      afterArguments: { FunctionName: 'f' },
      result: { Payload: { FunctionName: 'f' }, StatusCode: 200 },
    });
  });

  test('a Map, up to where it fails', async () => {
    const definition = { ...map, ItemsPath: '$$.Execution.Name', ToleratedFailureCount: 1 };

    expect(await ask({ definition, input: [], mock: { result: [] }, context: { Execution: { Name: 'n' } } })).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'Reference path "$.Execution.Name" must point to array.',
      inspectionData: { input: [], afterInputPath: [] },
    });
  });

  test('a Map with its selected items', async () => {
    const definition = { ...map, ItemSelector: { 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index' } };

    const { inspectionData } = await ask({ definition, input: ['a'], mock: { result: [1] } });

    expect(inspectionData).toMatchObject({
      afterItemsPath: ['a'],
      afterItemSelector: [{ v: 'a', i: 0 }],
      maxConcurrency: 0,
    });
  });

  test('the variables after the state', async () => {
    const definition = { Type: 'Pass', Assign: { 'b.$': '$a' }, End: true };

    expect((await ask({ definition, variables: { a: 1 } })).inspectionData?.variables).toEqual({ a: 1, b: 1 });
  });

  test('nothing at level INFO', async () => {
    const definition = { Type: 'Pass', Result: 1, Next: 'Other' };

    expect(await ask({ definition, inspectionLevel: 'INFO' })).toEqual({
      status: 'SUCCEEDED',
      output: 1,
      nextState: 'Other',
    });
  });
});

test('finds a state deep inside a machine', async () => {
  const inner = { StartAt: 'Deep', States: { Deep: { Type: 'Pass', Result: 'found', End: true } } };
  const definition = { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [inner], End: true } } };

  expect(await ask({ definition, stateName: 'Deep' })).toMatchObject({ status: 'SUCCEEDED', output: 'found' });
});

test('gives a state inside a Map the first item', async () => {
  const inner = { Type: 'Pass', Parameters: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value' }, End: true };
  const definition = machine({ M: { ...map, ItemProcessor: machine({ I: inner }) } });

  expect((await ask({ definition, stateName: 'I', input: 'it' })).output).toEqual({ i: 0, v: 'it' });
});

test('takes the first choice that matches', async () => {
  const definition = {
    Type: 'Choice',
    Choices: [{ Variable: '$.n', NumericEquals: 1, Next: 'One' }],
    Default: 'Other',
  };

  expect(await ask({ definition, input: { n: 1 } })).toMatchObject({ nextState: 'One', output: { n: 1 } });
  expect(await ask({ definition, input: { n: 2 } })).toMatchObject({ nextState: 'Other' });
});

describe('recovers', () => {
  const Retry: Json = [{ ErrorEquals: ['Odd'] }, { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 2 }];
  const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Handle', ResultPath: '$.error' }];
  const mock = { errorOutput: { error: 'Bad', cause: 'it broke' } };

  test('by retrying, as long as attempts are left', async () => {
    const response = await ask({
      definition: { ...invoke, Retry, Catch },
      mock,
      stateConfiguration: { retrierRetryCount: 1 },
    });

    expect(response).toMatchObject({ status: 'RETRIABLE', error: 'Bad', cause: 'it broke' });
    expect(response.inspectionData?.errorDetails).toEqual({ retryIndex: 1, retryBackoffIntervalSeconds: 4 });
  });

  test('by catching, when they are used up', async () => {
    const response = await ask({
      definition: { ...invoke, Retry, Catch },
      mock,
      stateConfiguration: { retrierRetryCount: 2 },
    });

    expect(response).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'Handle',
      output: { error: { Error: 'Bad', Cause: 'it broke' } },
    });
    expect(response.inspectionData?.errorDetails).toEqual({ retryIndex: 1, catchIndex: 0 });
  });

  test('from what the resource itself throws', async () => {
    const definition = { ...invoke, Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: send, Catch };

    expect(await ask({ definition })).toMatchObject({ status: 'CAUGHT_ERROR', error: 'SQS.QueueDoesNotExist' });
  });

  test('not when the catcher itself fails', async () => {
    const response = await ask({ definition: { ...invoke, Catch }, mock, input: [] });

    expect(response).toMatchObject({ status: 'FAILED', error: 'States.ResultPathMatchFailure' });
  });

  test('from too many failed iterations', async () => {
    const definition = { ...map, ToleratedFailurePercentage: 50 };
    const failed = (count: number) =>
      ask({
        definition,
        input: [1, 2],
        mock: { result: [1] },
        stateConfiguration: { mapIterationFailureCount: count },
      });

    expect((await failed(1)).status).toBe('SUCCEEDED');
    expect(await failed(2)).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
  });
});

describe('refuses', () => {
  test.each<{ name: string; request: TestStateRequest; message: string }>([
    {
      name: 'an invalid definition',
      request: { definition: { Type: 'Nope' } },
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/StateName/Type'",
    },
    {
      name: 'a mock for a state that does no work',
      request: { definition: { Type: 'Succeed' }, mock: { result: 1 } },
      message: "State type 'Succeed' is not supported when a mock is specified",
    },
    {
      name: 'a Map without a mock',
      request: { definition: map },
      message: "State type 'Map' is not supported when a mock is not specified",
    },
    {
      name: 'a task that waits for a token without a mock',
      request: {
        definition: { ...invoke, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: send },
      },
      message:
        "Resource 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' is not supported when a mock is not specified",
    },
    {
      name: 'outputs of a Map that are no array',
      request: { definition: map, mock: { result: {} } },
      message: 'Mocked result must be an array.',
    },
    {
      name: 'outputs of a Parallel that are too few',
      request: {
        definition: { Type: 'Parallel', Branches: [map.ItemProcessor, map.ItemProcessor], End: true },
        mock: { result: [1] },
      },
      message: 'Mocked result must contain the same number of items as number of Parallel branches.',
    },
    {
      name: 'an item reader without its data',
      request: {
        definition: { ...map, ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'b' } } },
        mock: { result: [1] },
      },
      message: 'ItemReader data must be specified when testing a Map state with ItemReader specified.',
    },
    {
      name: 'more failed iterations than there are',
      request: {
        definition: map,
        input: [1],
        mock: { result: [1] },
        stateConfiguration: { mapIterationFailureCount: 2 },
      },
      message: 'Map iteration failure count must be less than or equal to the number of Map iterations.',
    },
    {
      name: 'a mocked error without a name',
      request: { definition: invoke, mock: { errorOutput: { cause: 'c' } } },
      message: 'An error was not specified in the mocked error output.',
    },
    {
      name: 'secrets beside a mock',
      request: { definition: invoke, mock: { result: {} }, revealSecrets: true },
      message: 'TestState does not support RevealSecrets when a mock is specified.',
    },
    {
      name: 'a context field nobody knows',
      request: { definition: invoke, context: { State: { Nope: 1 } } },
      message: "Invalid Context object provided: Field 'Nope' is not allowed",
    },
  ])('$name', async ({ request, message }) => {
    await expect(ask(request)).rejects.toThrow(message);
  });
});

describe('holds mocked answers to what the API answers with', () => {
  const Parameters = { StateMachineArn: 'm', Entries: [] };
  const task = (resource: string) => ({ ...invoke, Resource: `arn:aws:states:::${resource}`, Parameters });

  test.each<{ resource: string; result: Json; problem: string }>([
    {
      resource: 'states:startExecution',
      result: { ExecutionArn: 'a' },
      problem: "Required field 'StartDate' is missing",
    },
    { resource: 'events:putEvents', result: { Entries: {} }, problem: "Field 'Entries' must be an array" },
    {
      resource: 'events:putEvents',
      result: { Entries: [{ EventId: 1 }] },
      problem: "Field 'EventId' must be a string",
    },
    {
      resource: 'aws-sdk:lambda:getFunction',
      result: { Configuration: { MemorySize: 1 } },
      problem: "Field 'MemorySize' is less than the minimum value",
    },
    {
      resource: 'aws-sdk:kms:encrypt',
      result: { CiphertextBlob: '' },
      problem: "Field 'CiphertextBlob' is smaller than the minimum length",
    },
  ])('$resource: $problem', async ({ resource, result, problem }) => {
    await expect(ask({ definition: task(resource), mock: { result } })).rejects.toThrow(
      `Mock result schema validation error: ${problem}`,
    );
  });

  test('less or not at all, when asked to', async () => {
    const mocked = (result: JsonObject, fieldValidationMode: 'PRESENT' | 'NONE') =>
      ask({ definition: task('states:startExecution'), mock: { result, fieldValidationMode } });

    expect((await mocked({ other: 1 }, 'PRESENT')).status).toBe('SUCCEEDED');
    expect((await mocked({ ExecutionArn: 1 }, 'NONE')).status).toBe('SUCCEEDED');
    await expect(mocked({ ExecutionArn: 1 }, 'PRESENT')).rejects.toThrow("Field 'ExecutionArn' must be a string");
  });
});
