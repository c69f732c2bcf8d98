import type { Clock } from '../clock.ts';
import type { EventBus } from '../event/event-bus.ts';
import type { Json } from '../json.ts';
import type { ArtifactStore } from './artifact-store.ts';

/** Where a publish says what it did; Powertools' logger is one. */
export interface PublishLog {
  info(message: string, fields: { [name: string]: Json }): void;
  warn(message: string, fields: { [name: string]: Json }): void;
}

/** Who publishes, and what with; every task's context is one. */
export interface Publisher {
  readonly artifacts: ArtifactStore;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly log: PublishLog;
  readonly flowName: string;
  readonly executionName: string;
  readonly executionStartedAt: Date;
  readonly codeVersion: string;
}
