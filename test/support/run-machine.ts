import { parse } from '../../lib/asl/parse.ts';
import { type ExecutionEnd, execute, type Running } from '../../lib/engine/execute.ts';
import { createHistory, type RecordedEvent } from '../../lib/engine/history.ts';
import type { MapRunJournal } from '../../lib/engine/map-run/journal.ts';
import { createMapRuns, type MapRuns } from '../../lib/engine/map-run/map-runs.ts';
import type { ObjectStore } from '../../lib/engine/map-run/object-store.ts';
import { type InvokeFunction, lambdaResources } from '../../lib/engine/resources/lambda.ts';
import { createResources, type TaskResource } from '../../lib/engine/resources/task-resource.ts';
import { planResume } from '../../lib/engine/resume-plan.ts';
import { createTaskTokens, type TaskTokens } from '../../lib/engine/task-tokens.ts';
import type { Json } from '../../lib/json.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

/** A machine and the world it runs in; everything has a default that does nothing of note. */
export interface MachineRun {
  readonly definition: object;
  readonly input?: Json;
  /** What every function does. @default gives back its event */
  readonly invoke?: InvokeFunction;
  readonly resources?: Readonly<Record<string, TaskResource>>;
  readonly objects?: ObjectStore;
  readonly journal?: MapRunJournal;
  /** @default one whose time jumps to whatever is waited for */
  readonly clock?: FakeClock;
  readonly maxEvents?: number;
  /** Events of the execution before it is redriven. */
  readonly before?: readonly RecordedEvent[];
}

/** An execution that goes on while the test looks at it. */
export interface StartedMachine extends Running {
  /** Grows while the execution runs. */
  readonly events: readonly RecordedEvent[];
  readonly tokens: TaskTokens;
  readonly mapRuns: MapRuns;
}

/** Starts a machine under a virtual clock, with its history in memory. */
export function startMachine(run: MachineRun): StartedMachine {
  const { definition, input = {}, before = [], maxEvents, objects, journal } = run;
  const clock = run.clock ?? fakeClock({ autoAdvance: true });
  const events: RecordedEvent[] = [...before];
  const tokens = createTaskTokens();
  const mapRuns = createMapRuns(clock);
  const functions = lambdaResources(run.invoke ?? (({ payload }) => payload));
  const running = execute({
    machine: parse(JSON.stringify(definition)),
    identity: {
      executionArn: 'arn:aws:states:us-east-1:123456789012:execution:machine:run',
      executionName: 'run',
      startTime: new Date(clock.now()).toISOString(),
      input,
      roleArn: 'arn:aws:iam::123456789012:role/test',
      redriveCount: before.length > 0 ? 1 : 0,
      stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:machine',
      stateMachineName: 'machine',
    },
    history: createHistory(clock, { take: (event) => void events.push(event) }, before.length),
    world: {
      clock,
      tokens,
      mapRuns,
      resources: createResources({ ...functions, ...run.resources }),
      ...(objects && { objects }),
    },
    ...(maxEvents !== undefined && { maxEvents }),
    ...(journal && { journal }),
    ...(before.length > 0 && { plan: planResume(before) }),
  });
  return { ...running, events, tokens, mapRuns };
}

/** Runs a machine to its end. */
export async function runMachine(run: MachineRun): Promise<{ end: ExecutionEnd; events: readonly RecordedEvent[] }> {
  const started = startMachine(run);
  return { end: await started.ended, events: started.events };
}

/** Each event as `Type name`, for comparing what happened in one look. */
export function summary(events: readonly RecordedEvent[]): string[] {
  return events.map(({ type, details: { name, index } }) =>
    [type, name, index].filter((part) => part !== undefined).join(' '),
  );
}
