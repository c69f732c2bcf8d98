import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { RedriveExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Clock } from '../clock.ts';
import { UsageError } from '../errors.ts';
import type { Execution } from '../execution/execution.ts';
import type { Executions } from '../execution/executions.ts';
import { taskLogGroupName } from '../flow/deployed-names.ts';
import type { Flow } from '../flow/flow.ts';
import { type Account, callOn } from './account.ts';
import { isAwsError } from './aws-call.ts';
import { historyPages, readHistory } from './cloud-history.ts';
import { readLogs } from './cloud-logs.ts';
import { readChildNames, readFailedChildren, readMapRuns } from './cloud-map-runs.ts';
import { type ExecutionFinder, executionFinder } from './find-execution.ts';
import { startedExecutionArn } from './history-events.ts';
import { listExecutions } from './list-executions.ts';
import { startExecution } from './start-execution.ts';

/** An environment on AWS with everything that {@link cloudExecutions} needs besides. */
export interface CloudExecutionsOptions extends Account {
  readonly flows: readonly Flow[];
  readonly logs: CloudWatchLogsClient;
  readonly clock: Clock;
}

/** The port on Step Functions. Where it takes a name it takes an ARN as well, which saves looking for the flow. */
export function cloudExecutions(options: CloudExecutionsOptions): Executions {
  const finder = executionFinder(options);
  return {
    start: async (flow, input, startOptions) =>
      await startExecution(options, finder, { flowName: flow.name, input, ...startOptions }),
    describe: (name) => finder.find(name),
    list: (flowName) => listExecutions(options, finder, flowName ? [flowName] : [...options.deployed.arns.keys()]),
    history: (name, following) => history(options, finder, { name, ...following }),
    logs: (name) => logs(options, finder, name),
    mapRuns: async (name) => await readMapRuns(options, await finder.find(name)),
    failedChildren: (mapRun, limit) => readFailedChildren(options, mapRun, limit),
    async stop(name, reason) {
      const { arn } = await finder.find(name);
      const command = new StopExecutionCommand({ executionArn: arn, error: reason?.error, cause: reason?.cause });
      await callOn(options, `stop '${name}'`, () => options.stepFunctions.send(command));
    },
    async redrive(name, redriveOptions) {
      if (redriveOptions?.withCurrentDefinition) throw onlyOnEngine(name);
      return redrive(options, finder, name);
    },
  };
}

async function* history(
  options: CloudExecutionsOptions,
  finder: ExecutionFinder,
  { name, follow = false, signal }: { name: string; follow?: boolean; signal?: AbortSignal },
) {
  const { arn } = await finder.find(name);
  const pages = historyPages(options.stepFunctions, arn);
  const readPage = (token?: string) => callOn(options, `read the history of '${name}'`, () => pages(token));
  for await (const event of readHistory(readPage, { clock: options.clock, follow, ...(signal && { signal }) })) {
    const started = startedExecutionArn(event);
    if (started !== undefined) finder.remember(started);
    yield event;
  }
}

async function* logs(options: CloudExecutionsOptions, finder: ExecutionFinder, name: string) {
  const execution = await finder.find(name);
  const tasks = options.flows.find((flow) => flow.name === execution.flowName)?.tasks ?? {};
  const groups = Object.keys(tasks).map((task) => taskLogGroupName(options.environment, execution.flowName, task));
  const childNames = await readChildNames(options, execution);
  const writers = { execution, childNames };
  yield* await callOn(options, `read the logs of '${name}'`, () => readLogs(options.logs, writers, groups));
}

function onlyOnEngine(name: string): UsageError {
  return new UsageError(
    `execution '${name}' cannot go on with another definition: Step Functions keeps the one it started`,
    {
      hint: 'redrive it as it is, or start a new execution',
    },
  );
}

async function redrive(options: CloudExecutionsOptions, finder: ExecutionFinder, name: string): Promise<Execution> {
  const { arn, status } = await finder.find(name);
  await callOn(options, `redrive '${name}'`, async () => {
    try {
      await options.stepFunctions.send(new RedriveExecutionCommand({ executionArn: arn }));
    } catch (error) {
      if (!isAwsError(error, 'ExecutionNotRedrivable')) throw error;
      throw new UsageError(`execution '${name}' cannot be redriven: it is ${status}`, { cause: error });
    }
  });
  return await finder.find(arn);
}
