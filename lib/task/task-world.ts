import type { ArtifactStore } from '../artifact/artifact-store.ts';
import type { Clock } from '../clock.ts';
import type { EventBus } from '../event/event-bus.ts';
import type { LogLine } from '../execution/executions.ts';
import type { SecretSource } from '../secret/secret-source.ts';

/** What surrounds the calls of a task: the adapters of its environment, and whose task it is. */
export interface TaskWorld {
  readonly environment: string;
  readonly flowName: string;
  readonly codeVersion: string;
  readonly artifacts: ArtifactStore;
  readonly secrets: SecretSource;
  readonly settings: SecretSource;
  readonly events: EventBus;
  readonly clock: Clock;
  /** An existing folder in which each call gets a work folder of its own. */
  readonly tempFolder: string;
  /** Takes the log lines; without it they go to stdout, as Lambda wants them. */
  readonly onLog?: (line: LogLine) => void;
}

/** One call's limits: on Lambda its context object, locally the signal of the execution. */
export interface Invocation {
  /** Milliseconds until the call is cut off; a call without it has all the time it wants. */
  getRemainingTimeInMillis?(): number;
  /** Aborts when the execution is stopped or the state times out. */
  readonly signal?: AbortSignal;
}
