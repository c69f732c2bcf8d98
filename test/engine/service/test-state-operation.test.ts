import { describe, expect, test } from 'vitest';
import type { TestStateRequest } from '../../../lib/execution/service/test-state-operation.ts';
import { aService } from './a-service.ts';

const adding = JSON.stringify({
  Type: 'Pass',
  QueryLanguage: 'JSONata',
  Output: '{% $states.input.a + $extra %}',
  Next: 'Then',
});

async function tried(request: Partial<TestStateRequest>) {
  const { service } = await aService();
  return service.testState({ definition: adding, inspectionLevel: 'INFO', revealSecrets: false, ...request });
}

describe('testState', () => {
  test('answers texts, as the API does', async () => {
    expect(await tried({ input: '{"a":1}', variables: '{"extra":2}' })).toEqual({
      status: 'SUCCEEDED',
      output: '3',
      nextState: 'Then',
    });
  });

  test('shows data on its way as texts', async () => {
    const { inspectionData } = await tried({ input: '{"a":1}', variables: '{"extra":2}', inspectionLevel: 'DEBUG' });

    expect(inspectionData).toMatchObject({ input: '{"a":1}' });
  });

  test('takes the mocked result of a task of a flow', async () => {
    const definition = JSON.stringify({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'any' },
      End: true,
    });

    const response = await tried({
      definition,
      mock: { result: '{"Payload":1}', fieldValidationMode: 'NONE' },
    });

    expect(response).toEqual({ status: 'SUCCEEDED', output: '{"Payload":1}' });
  });

  test.each([
    { name: 'a definition that is no JSON', request: { definition: '{' }, exception: 'InvalidDefinition' },
    { name: 'a definition that is a list', request: { definition: '[]' }, exception: 'InvalidDefinition' },
    { name: 'a state of no known type', request: { definition: '{"Type":"Nope"}' }, exception: 'InvalidDefinition' },
    { name: 'input that is no JSON', request: { input: 'nonsense' }, exception: 'ValidationException' },
    { name: 'variables that are no object', request: { variables: '[1]' }, exception: 'ValidationException' },
  ])('refuses $name', async ({ request, exception }) => {
    await expect(tried(request)).rejects.toMatchObject({ exceptionName: exception });
  });
});
