import { ServiceException } from '../../execution/service/service-exception.ts';
import type {
  TestStateOperation,
  TestStateRequest,
  TestStateResponse,
} from '../../execution/service/test-state-operation.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { World } from '../run.ts';
import { testState } from '../test-state/test-state.ts';
import { type InspectionData, TestStateRefused } from '../test-state/test-state-request.ts';
import { readPayload } from './checked.ts';

/** `TestState` on the resources of this process. */
export function testStateOperation(world: World): TestStateOperation {
  return {
    async testState(request) {
      const { inspectionData, output, ...told } = await testState(readRequest(request), world).catch(refused);
      return {
        ...told,
        ...(output !== undefined && { output: JSON.stringify(output) }),
        ...(inspectionData && { inspectionData: writeInspectionData(inspectionData) }),
      };
    },
  };
}

function refused(error: unknown): never {
  throw error instanceof TestStateRefused ? new ServiceException(error.code, error.message) : error;
}

function readRequest(request: TestStateRequest): Parameters<typeof testState>[0] {
  const { definition, input, variables, context, mock, ...same } = request;
  return {
    ...same,
    definition: readDefinition(definition),
    ...(input !== undefined && { input: read(input, 'input') }),
    ...(variables !== undefined && { variables: readObject(variables, 'variables') }),
    ...(context !== undefined && { context: readObject(context, 'context') }),
    ...(mock && {
      mock: { ...mock, result: mock.result === undefined ? undefined : readMockedResult(mock.result) },
    }),
  };
}

function readDefinition(text: string): JsonObject {
  const problem = (said: string) => {
    return new ServiceException(
      'InvalidDefinition',
      `Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: ${said}'`,
    );
  };
  try {
    const parsed: Json = JSON.parse(text);
    if (isJsonObject(parsed)) return parsed;
  } catch (error) {
    throw problem(error instanceof Error ? error.message : String(error));
  }
  throw problem('the definition is not a JSON object');
}

function read(text: string, member: string): Json {
  return readPayload(text, member, (problem) => {
    return new ServiceException('ValidationException', `The value of '${member}' is not valid JSON: ${problem}`);
  });
}

function readMockedResult(text: string): Json {
  return readPayload(text, 'mock.result', () => {
    return new ServiceException('ValidationException', 'Mocked result must be valid JSON');
  });
}

function readObject(text: string, member: string): JsonObject {
  const value = read(text, member);
  if (isJsonObject(value)) return value;
  throw new ServiceException('ValidationException', `The value of '${member}' must be a JSON object`);
}

const numbers = new Set(['maxConcurrency', 'toleratedFailureCount', 'toleratedFailurePercentage']);

/** What was seen, as JSON texts; counts and the details of an error stay as they are. */
function writeInspectionData(data: InspectionData): NonNullable<TestStateResponse['inspectionData']> {
  const written = Object.entries(data).map(([name, value]) => {
    const isKept = numbers.has(name) || name === 'errorDetails';
    return [name, isKept ? value : JSON.stringify(value)];
  });
  return Object.fromEntries(written);
}
