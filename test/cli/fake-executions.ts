import type { Clock } from '../../lib/clock.ts';
import { UsageError } from '../../lib/errors.ts';
import type { Execution } from '../../lib/execution/execution.ts';
import type { Executions, LogLine } from '../../lib/execution/executions.ts';
import type { HistoryEvent } from '../../lib/execution/history-event.ts';
import type { FailedChild, MapRun } from '../../lib/execution/map-run.ts';

/** An execution that happened, or that happens the moment its flow is started. */
export interface FakeExecution {
  readonly execution: Partial<Execution> & Pick<Execution, 'name' | 'flowName'>;
  readonly history?: readonly HistoryEvent[];
  readonly logs?: readonly LogLine[];
  readonly mapRuns?: readonly MapRun[];
  /** Of all its Map Runs; their names begin with the id of theirs. */
  readonly failedChildren?: readonly FailedChild[];
}

/** The port with executions made up beforehand; a history without an ending runs until it is stopped. */
export interface FakeExecutions extends Executions {
  /** Calls that would have changed something, in order. */
  readonly calls: readonly string[];
  /** Resolves as soon as someone waits for the next event of an execution that does not end by itself. */
  readonly waiting: Promise<void>;
}

/** @param script `past` can be looked at; `starting` begins when its flow is started or redriven. */
export function fakeExecutions(
  clock: Clock,
  script: { past?: readonly FakeExecution[]; starting?: readonly FakeExecution[] } = {},
): FakeExecutions {
  const known = new Map((script.past ?? []).map((fake) => [fake.execution.name, fake]));
  const calls: string[] = [];
  const stopped = Promise.withResolvers<HistoryEvent>();
  const waiting = Promise.withResolvers<void>();

  const find = (nameOrArn: string): FakeExecution => {
    const name = nameOrArn.slice(nameOrArn.lastIndexOf(':') + 1);
    const fake = known.get(name);
    if (!fake) throw new UsageError(`unknown execution '${name}'`, { hint: "run 'flow executions' to see all" });
    return fake;
  };

  const begin = (flowName: string, executionName?: string): Execution => {
    const fake = script.starting?.find(({ execution }) => execution.flowName === flowName);
    if (!fake) throw new Error(`the script of this test starts no execution of ${flowName}`);
    const named = { ...fake, execution: { ...fake.execution, ...(executionName && { name: executionName }) } };
    known.set(named.execution.name, named);
    return complete(named.execution);
  };

  return {
    calls,
    waiting: waiting.promise,
    async start(flow, input, options) {
      calls.push(
        `start ${flow.name} ${JSON.stringify(input)}${options?.executionName ? ` as ${options.executionName}` : ''}`,
      );
      return begin(flow.name, options?.executionName);
    },
    async describe(name) {
      return complete(find(name).execution);
    },
    async *list(flowName) {
      for (const { execution } of known.values()) {
        if (flowName === undefined || execution.flowName === flowName) yield complete(execution);
      }
    },
    async *history(name, options) {
      const { history = [] } = find(name);
      yield* history;
      if (!options?.follow || history.some(({ type }) => isEnding(type))) return;
      waiting.resolve();
      yield await stopped.promise;
    },
    async *logs(name) {
      yield* find(name).logs ?? [];
    },
    async mapRuns(name) {
      return find(name).mapRuns ?? [];
    },
    async failedChildren({ executionArn, mapRunArn }, limit) {
      const all = find(executionArn).failedChildren ?? [];
      return all.filter(({ name }) => name.startsWith(mapRunArn.slice(mapRunArn.lastIndexOf(':') + 1))).slice(0, limit);
    },
    async stop(nameOrArn, reason) {
      const fake = find(nameOrArn);
      const { name } = fake.execution;
      calls.push(`stop ${name} ${JSON.stringify(reason)}`);
      const stopDate = new Date(clock.now()).toISOString();
      known.set(name, { ...fake, execution: { ...fake.execution, status: 'ABORTED', stopDate, ...reason } });
      const id = (fake.history?.length ?? 0) + 1;
      stopped.resolve({
        id,
        previousEventId: id - 1,
        timestamp: stopDate,
        type: 'ExecutionAborted',
        details: { ...reason },
      });
    },
    async redrive(nameOrArn, options) {
      const { name, flowName } = find(nameOrArn).execution;
      calls.push(`redrive ${name}${options?.withCurrentDefinition ? ' with the current definition' : ''}`);
      return begin(flowName);
    },
  };
}

function isEnding(type: string): boolean {
  return /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type);
}

function complete(execution: FakeExecution['execution']): Execution {
  return {
    arn: `arn:aws:states:us-east-1:000000000000:execution:${execution.flowName}:${execution.name}`,
    status: 'SUCCEEDED',
    startDate: '2026-11-20T06:33:00.000Z',
    input: {},
    redriveCount: 0,
    ...execution,
  };
}
