import * as z from 'zod';
import { UsageError } from '../../errors.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';
import type { StateMachineService } from '../../execution/service/state-machine-service.ts';
import {
  type TestStateRequest,
  type TestStateResponse,
  testStateRequest,
} from '../../execution/service/test-state-operation.ts';
import { stateMachineName } from '../../flow/deployed-names.ts';
import { kebabCase } from '../../flow/task-path.ts';
import type { Command, Invocation, Report } from '../command.ts';
import { readJsonOption, readTextOption } from '../execution-input.ts';
import { exitCodes } from '../exit-codes.ts';
import { findFlow } from '../find-flow.ts';
import { type Paint, paintFor } from '../terminal.ts';

const Options = z.object({
  state: z.string().optional(),
  definition: z.string().optional(),
  input: z.string().optional(),
  variables: z.string().optional(),
  mockResult: z.string().optional(),
  mockError: z.string().optional(),
  inspectionLevel: z.string().optional(),
});

/** Tries out one state of a flow, or of any definition. */
export const testState: Command = {
  arguments: [{ name: '[flow]', description: 'flow that has the state; left out with --definition' }],
  options: [
    { flags: '--state <name>', description: 'the state; of a single-state definition it can be left out' },
    { flags: '--definition <json>', description: 'a state machine, or a single state: JSON, or @file' },
    { flags: '--input <json>', description: 'what the state gets: JSON, or @file; {} when left out' },
    { flags: '--variables <json>', description: 'variables it can read: JSON object, or @file' },
    { flags: '--mock-result <json>', description: 'stands in for what its task, iterations or branches give' },
    { flags: '--mock-error <name>', description: 'its task fails with this error' },
    { flags: '--inspection-level <level>', description: 'INFO, or DEBUG to see the data on its way through' },
  ],
  runsTasks: true,
  examples: [
    `flow test-state <flow> --state BuildTable --input '{"month": "2024-01"}'`,
    `flow test-state --definition @state.json --input '{"n": 1}' --inspection-level DEBUG`,
  ],
  async run(invocation) {
    const { service } = invocation.world;
    if (!service) throw new UsageError('flow test-state runs on this machine', { hint: 'leave --env out' });
    const options = Options.parse(invocation.options);
    const request = readRequest({
      definition: await definitionFor(invocation, service, options.definition),
      ...(options.state !== undefined && { stateName: options.state }),
      ...(options.inspectionLevel !== undefined && { inspectionLevel: options.inspectionLevel }),
      ...(await jsonText('input', options.input)),
      ...(await jsonText('variables', options.variables)),
      ...(await mockFrom(options)),
    });
    const response = await service.testState(request).catch(explained);
    return report(invocation, response);
  },
};

/** @throws {UsageError} a value is longer than the service takes, or none of those it takes */
function readRequest(request: Readonly<Record<string, unknown>>): TestStateRequest {
  const parsed = testStateRequest.safeParse(request);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `--${kebabCase(path.join('-'))}: ${message}`);
  throw new UsageError(problems.join('; '), { cause: parsed.error });
}

async function definitionFor(invocation: Invocation, service: StateMachineService, given: string | undefined) {
  const { world, arguments: args } = invocation;
  const [flowName] = args;
  if ((flowName === undefined) === (given === undefined)) {
    throw new UsageError('name a flow, or give a --definition; one of the two');
  }
  if (given !== undefined) return await readTextOption(given, '--definition');
  const { flow } = findFlow(world.flows, flowName ?? '');
  const name = stateMachineName(world.environment.name, flow.name);
  const { stateMachines } = await service.listStateMachines({ maxResults: 1_000 });
  const stateMachineArn = stateMachines.find((machine) => machine.name === name)?.stateMachineArn ?? '';
  const { definition = '' } = await service.describeStateMachine({ stateMachineArn, includedData: 'ALL_DATA' });
  return definition;
}

async function jsonText(name: 'input' | 'variables', option: string | undefined) {
  return option === undefined ? {} : { [name]: JSON.stringify(await readJsonOption(option, `--${name}`)) };
}

async function mockFrom({ mockResult, mockError }: z.infer<typeof Options>) {
  if (mockError !== undefined)
    return { mock: { errorOutput: { error: mockError, cause: 'mocked with --mock-error' } } };
  if (mockResult === undefined) return {};
  const result = await readJsonOption(mockResult, '--mock-result');
  return { mock: { result: JSON.stringify(result), fieldValidationMode: 'NONE' } };
}

function explained(error: unknown): never {
  throw error instanceof ServiceException ? new UsageError(error.message, { cause: error }) : error;
}

function report({ terminal }: Invocation, response: TestStateResponse): Report {
  const paint = paintFor(terminal.stdout);
  const isGood = response.status === 'SUCCEEDED' || response.status === 'CAUGHT_ERROR';
  return {
    text: [sayStatus(response, paint), ...sayFacts(response), ...sayInspection(response, paint)].join('\n'),
    json: response,
    exitCode: isGood ? exitCodes.succeeded : exitCodes.failed,
  };
}

function sayStatus({ status, nextState }: TestStateResponse, paint: Paint): string {
  const colour = status === 'SUCCEEDED' ? 'green' : status === 'FAILED' ? 'red' : 'yellow';
  const where = nextState === undefined ? '' : `, goes on to ${nextState}`;
  return `${paint(colour, status)}${where}`;
}

function sayFacts({ error, cause, output }: TestStateResponse): string[] {
  const facts = { error, cause, output };
  return Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
}

function sayInspection({ inspectionData }: TestStateResponse, paint: Paint): string[] {
  if (!inspectionData) return [];
  const lines = Object.entries(inspectionData).map(([name, value]) => {
    return `${paint('dim', `${name}:`)} ${typeof value === 'string' ? value : JSON.stringify(value)}`;
  });
  return ['', ...lines];
}
