import { inspect } from 'node:util';
import { parse } from '../asl/parse.ts';
import type { Machine } from '../asl/types.ts';
import type { LogLine } from '../execution/executions.ts';
import { localRoleArn, stateMachineArn } from './arns.ts';
import { adaptPlan } from './changed-definition.ts';
import { type ExecutionEnd, execute, type Running } from './execute.ts';
import type { ExecutionRecord } from './execution-record.ts';
import type { ExecutionStore, LogSink } from './execution-store.ts';
import type { Failure } from './failure.ts';
import { createHistory } from './history.ts';
import { planResume } from './resume-plan.ts';
import type { World } from './run.ts';

/** Runs executions of this process and keeps their records true. */
export interface ExecutionRunner {
  /** Sets a new execution going; it runs on after this returns. */
  start(record: ExecutionRecord): void;
  /**
   * Writes an unsuccessful execution's record and sets it going again, where it stopped.
   *
   * @param formerDefinition the definition it ran before, when `record` holds another one now
   */
  redrive(record: ExecutionRecord, formerDefinition?: string): Promise<void>;
  /** The end of an execution that runs here; undefined when it does not. */
  ended(arn: string): Promise<ExecutionRecord> | undefined;
  /** ARNs of the executions that run here. */
  running(): string[];
  /** The record of an execution that runs here, as it was when it started. */
  recordOf(arn: string): ExecutionRecord | undefined;
  /** Keeps a log line of an execution that runs here; that of another is dropped: its task outlived it. */
  log(arn: string, line: LogLine): void;
  /** Resolves when the execution is over; undefined when it does not run here. */
  stop(arn: string, reason: Pick<Failure, 'error' | 'cause'>): Promise<ExecutionRecord> | undefined;
}

interface Active {
  readonly record: ExecutionRecord;
  readonly running: Running;
  readonly logs: LogSink;
  readonly ended: Promise<ExecutionRecord>;
}

/**
 * @param tools.onChange told after every event of an execution, and after its end
 * @param tools.onEnd told of every end; until it resolves, the execution counts as running here
 */
export function createExecutionRunner(tools: {
  store: ExecutionStore;
  world: World;
  onChange: (arn: string) => void;
  onEnd: (ended: ExecutionRecord) => Promise<void>;
}): ExecutionRunner {
  const { store, world, onChange, onEnd } = tools;
  const active = new Map<string, Active>();
  const machines = new Map<string, Machine>();

  const machineOf = (definition: string): Machine => {
    const known = machines.get(definition);
    if (known) return known;
    const machine = parse(definition);
    machines.set(definition, machine);
    return machine;
  };

  const run = (record: ExecutionRecord, resumed?: Pick<Parameters<typeof execute>[0], 'plan'> & { after: number }) => {
    const sink = store.openHistory(record);
    const logs = store.openLogs(record);
    let isOver = false;
    const take = (event: Parameters<typeof sink.take>[0]) => {
      if (isOver) return;
      sink.take(event);
      onChange(record.arn);
    };
    const history = createHistory(world.clock, { take, settled: sink.settled }, resumed?.after);
    const machine = machineOf(record.definition);
    const running = execute({
      machine,
      identity: identityOf(record),
      history,
      world,
      journal: store.journal(record),
      ...(resumed?.plan && { plan: resumed.plan }),
    });
    const conclude = async (end: ExecutionEnd): Promise<ExecutionRecord> => {
      const stopDate = new Date(world.clock.now()).toISOString();
      const ended: ExecutionRecord = { ...record, ...end, stopDate };
      isOver = true;
      await sink.close();
      await store.write(ended);
      await onEnd(ended);
      active.delete(record.arn);
      logs.close();
      onChange(record.arn);
      return ended;
    };
    // a bug of ours ends the execution it shows up in, not the process with all others
    const ended = running.ended.catch((error: unknown): ExecutionEnd => {
      const { status, ...details } = internalError(error);
      history.append({ previousEventId: history.length, type: 'ExecutionFailed', details, frame: '' });
      return { status, ...details };
    });
    active.set(record.arn, { record, running, logs, ended: ended.then(conclude) });
  };

  return {
    start: (record) => run(record),
    async redrive(record, formerDefinition) {
      const events = await store.readHistory(record).next();
      const plan = planResume(events);
      const after = events.at(-1)?.id ?? 0;
      const machine = machineOf(record.definition);
      const adapted = formerDefinition === undefined ? plan : adaptPlan(plan, machineOf(formerDefinition), machine);
      await store.write(record);
      run(record, { plan: adapted, after });
    },
    ended: (arn) => active.get(arn)?.ended,
    running: () => [...active.keys()],
    recordOf: (arn) => active.get(arn)?.record,
    log: (arn, line) => active.get(arn)?.logs.take(line),
    stop(arn, reason) {
      const found = active.get(arn);
      found?.running.stop(reason);
      return found?.ended;
    },
  };
}

function internalError(error: unknown) {
  const cause = `this is a bug in data-flows; please report it: ${inspect(error)}`;
  return { status: 'FAILED' as const, error: 'Engine.InternalError', cause };
}

function identityOf(record: ExecutionRecord) {
  const arn = stateMachineArn(record.flowName);
  return {
    executionArn: record.arn,
    executionName: record.name,
    startTime: record.startDate,
    input: record.input,
    roleArn: record.roleArn ?? localRoleArn,
    redriveCount: record.redriveCount,
    stateMachineArn: arn,
    stateMachineName: arn.slice(arn.lastIndexOf(':') + 1),
  };
}
