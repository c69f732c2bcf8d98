import { randomUUID } from 'node:crypto';
import { UsageError } from '../../errors.ts';
import { isTerminal } from '../../execution/execution.ts';
import type {
  ExecutionOperations,
  StartExecutionRequest,
  StartSyncExecutionRequest,
  StartSyncExecutionResponse,
  StopExecutionRequest,
} from '../../execution/service/execution-operations.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';
import type { Json } from '../../json.ts';
import { executionArn } from '../arns.ts';
import { isSameJson } from '../execution-record.ts';
import { checkName, readPayload } from './checked.ts';
import { describeExecution, executionData, whyNotRedrivable } from './describe-execution.ts';
import type { ExpressExecutions } from './express-executions.ts';
import { findExecution } from './find-execution.ts';
import { createHistoryReader } from './history-reader.ts';
import { listExecutions } from './list-executions.ts';
import { describeEndedChild } from './map-run-children.ts';
import type { ServiceTools } from './service-tools.ts';
import { findMachine } from './state-machine-operations.ts';
import type { StateMachine } from './state-machines.ts';

/** Executions that are started and watched through the API. */
export function executionOperations(tools: ServiceTools, express: ExpressExecutions): ExecutionOperations {
  const { executions, clock } = tools;
  const readHistory = createHistoryReader(executions);
  const redriven = new Map<string, Date>();
  return {
    async startExecution(request) {
      const start = readStart(tools, request);
      if (start.machine.type === 'EXPRESS') {
        const { arn, startDateMs } = express.start(start.machine, start.input, start.name);
        return { executionArn: arn, startDate: new Date(startDateMs) };
      }
      return startStandard(tools, start);
    },
    startSyncExecution: (request) => startSync(tools, express, request),
    async describeExecution({ executionArn: arn, includedData }) {
      const child = await describeEndedChild(tools, arn);
      return child ?? describeExecution(await findExecution(tools, arn), includedData);
    },
    listExecutions: (request) => listExecutions(tools, request),
    async getExecutionHistory(request) {
      return readHistory(await findExecution(tools, request.executionArn), request);
    },
    stopExecution: (request) => stopExecution(tools, request),
    async redriveExecution({ executionArn: arn, clientToken }) {
      const record = await findExecution(tools, arn);
      const before = clientToken === undefined ? undefined : redriven.get(`${arn} ${clientToken}`);
      if (before) return { redriveDate: before };
      const reason = whyNotRedrivable(record);
      if (reason !== undefined) throw new ServiceException('ExecutionNotRedrivable', reason);
      const refused = ({ message }: UsageError) => new ServiceException('ExecutionNotRedrivable', message);
      const { redriveDate } = await executions.redrive(arn).catch(refusedAs(refused));
      const date = new Date(redriveDate ?? clock.now());
      if (clientToken !== undefined) redriven.set(`${arn} ${clientToken}`, date);
      return { redriveDate: date };
    },
  };
}

interface Start {
  readonly machine: StateMachine;
  readonly name: string;
  readonly input: Json;
}

function readStart(tools: ServiceTools, request: StartExecutionRequest): Start {
  const machine = findMachine(tools, request.stateMachineArn);
  const { name = randomUUID() } = request;
  checkName(name);
  const input = readPayload(request.input, 'input', (problem) => {
    return new ServiceException('InvalidExecutionInput', `Invalid State Machine Execution Input: '${problem}'`);
  });
  return { machine, name, input };
}

/** Starting once more what still runs, with the same input, answers as the first start did. */
async function startStandard({ executions }: ServiceTools, { machine, name, input }: Start) {
  const arn = executionArn(machine.key, name);
  const alreadyExists = () => new ServiceException('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  const existing = await executions.find(arn);
  if (existing && (isTerminal(existing) || !isSameJson(existing.input, input))) throw alreadyExists();
  const started = existing ?? (await executions.startMachine(machine.key, input, name).catch(refusedAs(alreadyExists)));
  return { executionArn: arn, startDate: new Date(started.startDate) };
}

/** For what was looked at before, and that somebody else has changed meanwhile. */
function refusedAs(make: (error: UsageError) => ServiceException): (error: unknown) => never {
  return (error) => {
    throw error instanceof UsageError ? make(error) : error;
  };
}

async function startSync(
  tools: ServiceTools,
  express: ExpressExecutions,
  request: StartSyncExecutionRequest,
): Promise<StartSyncExecutionResponse> {
  const { machine, name, input } = readStart(tools, request);
  if (machine.type !== 'EXPRESS') throw notSupported();
  const { arn, startDateMs, ended } = express.start(machine, input, name);
  const end = await ended;
  const stopDateMs = tools.clock.now();
  const status = end.status === 'ABORTED' ? 'FAILED' : end.status;
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    name,
    startDate: new Date(startDateMs),
    stopDate: new Date(stopDateMs),
    status,
    ...executionData({ input, ...end }, request.includedData),
    ...(request.traceHeader !== undefined && { traceHeader: request.traceHeader }),
    billingDetails: billing(stopDateMs - startDateMs),
  };
}

/** What the service would bill at least: 64 MB, in steps of 100 ms. */
function billing(durationMs: number): StartSyncExecutionResponse['billingDetails'] {
  return { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: Math.max(1, Math.ceil(durationMs / 100)) * 100 };
}

/** The operation is one of the other type of state machine. */
export function notSupported(): ServiceException {
  const message = 'This operation is not supported by this type of state machine';
  return new ServiceException('StateMachineTypeNotSupported', message);
}

async function stopExecution(tools: ServiceTools, request: StopExecutionRequest) {
  const { executionArn: arn, error, cause } = request;
  await findExecution(tools, arn);
  await tools.executions.stop(arn, { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
  const { stopDate } = await findExecution(tools, arn);
  return { stopDate: new Date(stopDate ?? tools.clock.now()) };
}
