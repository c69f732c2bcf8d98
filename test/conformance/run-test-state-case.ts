import { createTaskTokens } from '../../lib/engine/task-tokens.ts';
import { testState } from '../../lib/engine/test-state/test-state.ts';
import { TestStateRefused, type TestStateRequest } from '../../lib/engine/test-state/test-state-request.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { fakeClock } from '../support/fake-clock.ts';
import type { ConformanceCase } from './case.ts';
import { difference } from './match.ts';
import { standIns } from './stand-ins.ts';

/** Asks `TestState` what the service was asked. */
export async function testStateProblems(recorded: ConformanceCase): Promise<string[]> {
  const found = difference(recorded.expected, await answerTo(recorded));
  return found === undefined ? [] : [found];
}

async function answerTo(recorded: ConformanceCase): Promise<JsonObject> {
  const roleArn = 'arn:aws:iam::111111111111:role/conformance';
  // the cases hold the arguments of the API, with JSON texts parsed
  const request = { ...recorded.request, roleArn, definition: recorded.definition } as unknown as TestStateRequest;
  if (request.stateName === '') return refusedByClient('stateName');
  if (isNotJson(request.mock?.result)) return refused('Mocked result must be valid JSON');
  const clock = fakeClock({ autoAdvance: true });
  const resources = standIns(recorded, { clock, tokens: createTaskTokens() });
  try {
    return JSON.parse(JSON.stringify(await testState(request, { clock, resources })));
  } catch (error) {
    if (!(error instanceof TestStateRefused)) throw error;
    return refused(error.message, error.code);
  }
}

/** The API takes results as text, this runner as values; text that is no JSON cannot be one. */
function isNotJson(value: Json | undefined): boolean {
  return isJsonObject(value) && value.$notJson !== undefined;
}

function refused(message: string, code = 'ValidationException'): JsonObject {
  return { status: 'REJECTED', code, message };
}

/** The client that made the recordings checks lengths by itself, before it asks the service. */
function refusedByClient(parameter: string): JsonObject {
  const message = `Parameter validation failed:\nInvalid length for parameter ${parameter}, value: 0, valid min length: 1`;
  return refused(message, 'ParamValidationError');
}
