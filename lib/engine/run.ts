import { serviceLimits } from '../asl/limits.ts';
import type { Clock } from '../clock.ts';
import type { Json, JsonObject } from '../json.ts';
import type { History } from './history.ts';
import type { MapRunJournal } from './map-run/journal.ts';
import type { MapRuns } from './map-run/map-runs.ts';
import type { ObjectStore } from './map-run/object-store.ts';
import type { ResourceRegistry } from './resources/task-resource.ts';
import type { TaskTokens } from './task-tokens.ts';

/** What the engine needs of the world around it. */
export interface World {
  readonly clock: Clock;
  readonly resources: ResourceRegistry;
  readonly tokens: TaskTokens;
  /** Where distributed Maps read items and write results; without it they fail with a sentence. */
  readonly objects?: ObjectStore;
  /** Where Map Runs can be watched and changed while they run. */
  readonly mapRuns?: MapRuns;
}

/** Events that the history of a standard execution can have. @see AWS Step Functions quotas */
export const maxHistoryEvents = serviceLimits.historyEvents;

/** Who is running, as the context object tells it. */
export interface RunIdentity {
  readonly executionArn: string;
  readonly executionName: string;
  /** ISO 8601, UTC. */
  readonly startTime: string;
  readonly input: Json;
  readonly roleArn: string;
  /** Absent for a synchronous express execution, whose context object has none. */
  readonly redriveCount?: number;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
}

/** One execution in progress; the same for every line of states in it. */
export interface Run {
  readonly identity: RunIdentity;
  readonly world: World;
  readonly history: History;
  /** `Execution` and `StateMachine` of the context object. */
  readonly context: JsonObject;
  /** With the last of them an execution fails that has not ended before. */
  readonly maxEvents: number;
  /** Keeps what the child executions of distributed Maps did, for a redrive. */
  readonly journal?: MapRunJournal;
}

/** The parts of the context object that stay the same throughout an execution. */
export function executionContext(identity: RunIdentity): JsonObject {
  return {
    Execution: {
      Id: identity.executionArn,
      Input: identity.input,
      StartTime: identity.startTime,
      Name: identity.executionName,
      RoleArn: identity.roleArn,
      ...(identity.redriveCount !== undefined && { RedriveCount: identity.redriveCount }),
    },
    StateMachine: { Id: identity.stateMachineArn, Name: identity.stateMachineName },
  };
}
