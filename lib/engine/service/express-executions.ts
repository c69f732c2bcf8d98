import { randomUUID } from 'node:crypto';
import { parse } from '../../asl/parse.ts';
import type { Machine } from '../../asl/types.ts';
import type { Json } from '../../json.ts';
import { expressExecutionArn } from '../arns.ts';
import { type ExecutionEnd, execute } from '../execute.ts';
import { createHistory } from '../history.ts';
import type { RunIdentity, World } from '../run.ts';
import type { StateMachine } from './state-machines.ts';

/** Longest run of an express execution, in milliseconds. @see AWS Step Functions quotas */
const maxDurationMs = 5 * 60 * 1_000;

/** An express execution that has been set going. */
export interface ExpressExecution {
  readonly arn: string;
  readonly startDateMs: number;
  readonly ended: Promise<ExecutionEnd>;
}

/** Runs executions of express machines: they keep no history and are gone with the process. */
export interface ExpressExecutions {
  start(machine: StateMachine, input: Json, name: string): ExpressExecution;
  /** Aborts all that run, and resolves when they are over. */
  stopAll(reason: Reason): Promise<void>;
}

interface Reason {
  readonly error: string;
  readonly cause: string;
}

/** @param world the one that standard executions see: task tokens and resources are the same */
export function createExpressExecutions(world: World): ExpressExecutions {
  const running = new Map<string, { stop: (reason: Reason) => void; ended: Promise<unknown> }>();
  const compile = machineCache();
  return {
    start(machine, input, name) {
      const startDateMs = world.clock.now();
      const arn = expressExecutionArn(machine.key, name, randomUUID());
      const run = execute({
        machine: compile(machine),
        identity: identityOf(machine, { arn, name, input, startDateMs }),
        history: createHistory(world.clock, { take: () => undefined }),
        world,
        maxEvents: Number.POSITIVE_INFINITY,
      });
      const ended = withinLimit(run, world).finally(() => running.delete(arn));
      running.set(arn, { stop: run.stop, ended });
      return { arn, startDateMs, ended };
    },
    async stopAll(reason) {
      const all = [...running.values()];
      for (const { stop } of all) stop(reason);
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}

/** Compiles a machine again only when it has another definition. */
function machineCache(): (machine: StateMachine) => Machine {
  const machines = new Map<string, { definition: string; machine: Machine }>();
  return ({ arn, definition }) => {
    const known = machines.get(arn);
    if (known?.definition === definition) return known.machine;
    const machine = parse(definition);
    machines.set(arn, { definition, machine });
    return machine;
  };
}

/** Its context object has no redrive count: there is nothing to redrive. */
function identityOf(
  machine: StateMachine,
  { arn, name, input, startDateMs }: { arn: string; name: string; input: Json; startDateMs: number },
): RunIdentity {
  return {
    executionArn: arn,
    executionName: name,
    startTime: new Date(startDateMs).toISOString(),
    input,
    roleArn: machine.roleArn,
    stateMachineArn: machine.arn,
    stateMachineName: machine.name,
  };
}

async function withinLimit(run: ReturnType<typeof execute>, { clock }: World): Promise<ExecutionEnd> {
  const over = new AbortController();
  let isTimedOut = false;
  const limit = clock.sleep(maxDurationMs, over.signal).then(
    () => {
      isTimedOut = true;
      run.stop({ error: 'States.Timeout' });
    },
    () => undefined, // it ended in time
  );
  const end = await run.ended;
  over.abort();
  await limit;
  return isTimedOut ? { status: 'TIMED_OUT', error: 'States.Timeout' } : end;
}
