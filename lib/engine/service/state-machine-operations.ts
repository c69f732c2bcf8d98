import { randomUUID } from 'node:crypto';
import { lint } from '../../asl/lint.ts';
import { type Diagnostic, invalidDefinitionMessage } from '../../asl/validate/diagnostic.ts';
import { validateDefinition } from '../../asl/validate/validate-definition.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';
import type {
  CreateStateMachineRequest,
  StateMachineOperations,
  UpdateStateMachineRequest,
} from '../../execution/service/state-machine-operations.ts';
import { checkArn, checkName } from './checked.ts';
import { describeMachine, describeMachineOf } from './describe-machine.ts';
import { findExecution } from './find-execution.ts';
import { pageOf } from './page-of.ts';
import type { ServiceTools } from './service-tools.ts';
import type { StateMachine } from './state-machines.ts';
import { mergeTags } from './tag-operations.ts';

/** How many diagnostics `ValidateStateMachineDefinition` answers when nothing else is asked for. */
const defaultMaxDiagnostics = 100;

/** State machines that are made, changed and looked at through the API. */
export function stateMachineOperations(tools: ServiceTools): StateMachineOperations {
  const { machines, executions } = tools;
  return {
    createStateMachine: (request) => createStateMachine(tools, request),
    updateStateMachine: (request) => updateStateMachine(tools, request),
    async describeStateMachine({ stateMachineArn: arn, includedData }) {
      return describeMachine(findMachine(tools, arn), includedData);
    },
    async describeStateMachineForExecution({ executionArn, includedData }) {
      const record = await findExecution(tools, executionArn);
      return describeMachineOf(record, machines, includedData);
    },
    async deleteStateMachine({ stateMachineArn: arn }) {
      checkArn(arn, 'stateMachine');
      const machine = machines.find(arn);
      if (!machine) return;
      refuseIfOfFlow(machine);
      await machines.remove(machine);
      await tools.tags.delete(arn);
      await executions.removeAll(machine.key);
    },
    async listStateMachines(request) {
      const { items, ...page } = pageOf(machines.list(), request, { name: 'stateMachines', keyOf: ({ name }) => name });
      const stateMachines = items.map(({ arn, name, type, creationDate }) => ({
        stateMachineArn: arn,
        name,
        type,
        creationDate: new Date(creationDate),
      }));
      return { stateMachines, ...page };
    },
    async validateStateMachineDefinition({ definition, type, severity, maxResults }) {
      const all = diagnose(definition, type);
      const wanted = severity === 'WARNING' ? all : all.filter((one) => one.severity === 'ERROR');
      const diagnostics = wanted.slice(0, maxResults || defaultMaxDiagnostics);
      const result = all.some((one) => one.severity === 'ERROR') ? 'FAIL' : 'OK';
      return { result, diagnostics, truncated: diagnostics.length < wanted.length };
    },
  };
}

/** @throws {ServiceException} `InvalidArn`, `StateMachineDoesNotExist` */
export function findMachine({ machines }: Pick<ServiceTools, 'machines'>, arn: string): StateMachine {
  checkArn(arn, 'stateMachine');
  const machine = machines.find(arn);
  if (machine) return machine;
  throw new ServiceException('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

/** A second request for the same machine answers as the first did; role and tags may differ. */
async function createStateMachine({ machines, tags, clock }: ServiceTools, request: CreateStateMachineRequest) {
  checkName(request.name);
  refusePublishing(request);
  refuseInvalid(request.definition, request.type);
  const { tags: given, publish: _publish, versionDescription: _versionDescription, ...wanted } = request;
  const arn = machines.arnOf(request.name);
  const existing = machines.find(arn);
  if (existing && !isSame(existing, wanted)) {
    throw new ServiceException('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
  }
  if (existing) return { stateMachineArn: arn, creationDate: new Date(existing.creationDate) };
  const now = new Date(clock.now());
  await machines.save({ ...wanted, creationDate: now.toISOString(), updateDate: now.toISOString() });
  if (given.length > 0) await tags.set(arn, mergeTags({ resourceArn: arn, tags: {} }, given));
  return { stateMachineArn: arn, creationDate: now };
}

function isSame(machine: StateMachine, wanted: Omit<CreateStateMachineRequest, 'tags' | 'publish'>): boolean {
  const compared = ['definition', 'type', 'loggingConfiguration', 'tracingConfiguration', 'encryptionConfiguration'];
  const textOf = (one: object) => JSON.stringify(compared.map((member) => Reflect.get(one, member) ?? null));
  return textOf(machine) === textOf(wanted);
}

const changeable = [
  'definition',
  'roleArn',
  'loggingConfiguration',
  'tracingConfiguration',
  'encryptionConfiguration',
] as const satisfies (keyof UpdateStateMachineRequest)[];

/** Executions that run keep the definition they started with. */
async function updateStateMachine(tools: ServiceTools, request: UpdateStateMachineRequest) {
  const machine = findMachine(tools, request.stateMachineArn);
  refuseIfOfFlow(machine);
  refusePublishing(request);
  const given = changeable.filter((member) => request[member] !== undefined);
  if (given.length === 0) {
    const message = `Either the ${changeable.slice(0, -1).join(', the ')} or the ${changeable.at(-1)} must be specified`;
    throw new ServiceException('MissingRequiredParameter', message);
  }
  if (request.definition !== undefined) refuseInvalid(request.definition, machine.type);
  const { arn: _arn, key: _key, flowName: _flowName, ...kept } = machine;
  const changes = Object.fromEntries(given.map((member) => [member, request[member]]));
  const now = new Date(tools.clock.now());
  const revisionId = randomUUID();
  await tools.machines.save({ ...kept, ...changes, updateDate: now.toISOString(), revisionId });
  return { updateDate: now, revisionId };
}

function refuseInvalid(definition: string, type: StateMachine['type']): void {
  const found = diagnose(definition, type);
  if (!found.some(({ severity }) => severity === 'ERROR')) return;
  throw new ServiceException('InvalidDefinition', invalidDefinitionMessage(found));
}

/** What the service would find, or else what keeps the engine from running it. */
function diagnose(definition: string, type: StateMachine['type']): Diagnostic[] {
  const found = validateDefinition(definition, { type });
  return found.some(({ severity }) => severity === 'ERROR') ? found : [...found, ...lint(definition)];
}

function refuseIfOfFlow({ flowName, arn }: StateMachine): void {
  if (flowName === undefined) return;
  const message = `state machine '${arn}' is the flow '${flowName}' of this project; change its files in state-machines/ instead`;
  throw new ServiceException('ValidationException', message);
}

function refusePublishing({ publish }: { readonly publish: boolean }): void {
  if (!publish) return;
  const message = 'versions of state machines are not kept here; leave out publish, or set it to false';
  throw new ServiceException('ValidationException', message);
}
