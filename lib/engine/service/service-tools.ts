import type { Clock } from '../../clock.ts';
import type { Activities } from '../activities.ts';
import type { LocalExecutions } from '../local-executions.ts';
import type { KeptEntries } from './kept-entries.ts';
import type { StateMachines } from './state-machines.ts';

/** An activity as it is kept. */
export interface KeptActivity {
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly creationDate: string;
}

/** The tags of one state machine or activity. */
export interface KeptTags {
  readonly resourceArn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What the operations of the API work with. */
export interface ServiceTools {
  readonly executions: LocalExecutions;
  readonly machines: StateMachines;
  readonly activities: KeptEntries<KeptActivity>;
  /** Hands the tasks of activities to workers. */
  readonly activityTasks: Activities;
  /** By ARN. */
  readonly tags: KeptEntries<KeptTags>;
  readonly clock: Clock;
}
