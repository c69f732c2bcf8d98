import { join } from 'node:path';
import { createActivities } from '../activities.ts';
import { LocalExecutions, type LocalExecutionsOptions } from '../local-executions.ts';
import { type LocalService, openService } from './open-service.ts';
import { openStateMachines } from './state-machines.ts';

/** Executions and the API over them, which know the same state machines and activities. */
export interface Engine {
  readonly executions: LocalExecutions;
  readonly service: LocalService;
}

/**
 * Opens the engine with everything it keeps.
 *
 * @param options.folder holds `executions/`, `state-machines/`, `activities/` and `tags/`; in memory when left out
 */
export async function openEngine(options: Omit<LocalExecutionsOptions, 'otherMachines'>): Promise<Engine> {
  const { folder, clock, flows } = options;
  const within = (name: string) => (folder === undefined ? {} : { folder: join(folder, name) });
  const machines = await openStateMachines({ ...within('state-machines'), flows, clock });
  const activityTasks = createActivities(clock);
  const executions = new LocalExecutions({
    ...options,
    ...within('executions'),
    otherMachines: machines,
    resources: { 'activity:*': activityTasks.resource, ...options.resources },
  });
  const service = await openService({ folder, executions, machines, activityTasks, clock });
  return { executions, service };
}
