import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import { encryptionConfiguration } from '../../execution/service/state-machine-operations.ts';
import type { Activities } from '../activities.ts';
import type { LocalExecutions } from '../local-executions.ts';
import type { KeptEntries } from './kept-entries.ts';
import type { StateMachines } from './state-machines.ts';

/** An activity as it is kept. */
export const keptActivity = z.object({
  name: z.string(),
  /** ISO 8601, UTC. */
  creationDate: z.string(),
  encryptionConfiguration: encryptionConfiguration.optional(),
});
export type KeptActivity = z.infer<typeof keptActivity>;

/** The tags of one state machine or activity. */
export const keptTags = z.object({ resourceArn: z.string(), tags: z.record(z.string(), z.string()) });
export type KeptTags = z.infer<typeof keptTags>;

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
