import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { StateMachineService } from '../../execution/service/state-machine-service.ts';
import type { Activities } from '../activities.ts';
import type { LocalExecutions } from '../local-executions.ts';
import { activityOperations } from './activity-operations.ts';
import { executionOperations } from './execution-operations.ts';
import { createExpressExecutions } from './express-executions.ts';
import { openKeptEntries } from './kept-entries.ts';
import { mapRunOperations } from './map-run-operations.ts';
import { keptActivity, keptTags } from './service-tools.ts';
import { stateMachineOperations } from './state-machine-operations.ts';
import type { StateMachines } from './state-machines.ts';
import { tagOperations } from './tag-operations.ts';
import { taskOperations } from './task-operations.ts';
import { testStateOperation } from './test-state-operation.ts';

/** What the service is made of. */
export interface ServiceOptions {
  /** Activities and tags are kept in it; in memory when left out. */
  readonly folder?: string | undefined;
  readonly executions: LocalExecutions;
  /** Those that `executions` was given too. */
  readonly machines: StateMachines;
  readonly activityTasks: Activities;
  readonly clock: Clock;
}

/** The service, and the end of everything that runs in it. */
export interface LocalService extends StateMachineService {
  /** Aborts every execution that runs in this process; standard ones can be redriven. */
  stopAll(reason: { readonly error: string; readonly cause: string }): Promise<void>;
}

/** Opens the Step Functions API over the executions of this process. */
export async function openService(options: ServiceOptions): Promise<LocalService> {
  const { folder, executions } = options;
  const within = (name: string) => (folder === undefined ? undefined : join(folder, name));
  const tools = {
    ...options,
    activities: await openKeptEntries(within('activities'), keptActivity),
    tags: await openKeptEntries(within('tags'), keptTags),
  };
  const express = createExpressExecutions(executions.world);
  return {
    ...stateMachineOperations(tools),
    ...executionOperations(tools, express),
    ...taskOperations(tools),
    ...activityOperations(tools),
    ...mapRunOperations(tools),
    ...tagOperations(tools),
    ...testStateOperation(executions.world),
    async stopAll(reason) {
      await Promise.all([executions.stopAll(reason), express.stopAll(reason)]);
    },
  };
}
