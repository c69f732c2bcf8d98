import type { Logger } from '@aws-lambda-powertools/logger';
import type { ArtifactStore } from '../artifact/artifact-store.ts';
import type { Clock } from '../clock.ts';
import type { EventBus } from '../event/event-bus.ts';
import type { SecretSource } from '../secret/secret-source.ts';

/** Everything a task may touch besides its input: the five ports, and who is asking. */
export interface TaskContext {
  readonly environment: string;
  readonly flowName: string;
  readonly executionName: string;
  /** When the execution started; the same for every state of it, so names made from it are stable under retries. */
  readonly executionStartedAt: Date;
  readonly stateName: string;
  /** 1 for the first try of the state, counting ASL retries. */
  readonly attempt: number;
  /** Position of this iteration when the state runs inside a Map, counting from 0. */
  readonly mapIndex?: number;
  /** Commit or digest of the code that runs, for manifests; `unversioned` when unknown. */
  readonly codeVersion: string;
  readonly artifacts: ArtifactStore;
  readonly secrets: SecretSource;
  /** Settings and base URLs; a default belongs to the task that reads it. */
  readonly settings: SecretSource;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly log: Logger;
  /** Aborts shortly before the task's time is up, or when the execution is stopped. */
  readonly signal: AbortSignal;
  /** An empty folder of this attempt, removed afterwards. */
  readonly workFolder: string;
}
