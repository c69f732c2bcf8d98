import { warehouseSecret } from '../environment.ts';
import { UsageError } from '../errors.ts';
import type { Flow, TaskManifest } from '../flow/flow.ts';

/** Services of AWS, besides the bucket, that a task may ask: each needs a way out of a network that leads nowhere. */
export type AskedService = 'ssm' | 'events';

/** Whether a task uses the warehouse. */
export function usesWarehouse({ secrets, optionalSecrets }: TaskManifest): boolean {
  return [secrets, optionalSecrets].some((names) => names?.includes(warehouseSecret));
}

/** What the tasks that use the warehouse ask of AWS, going by their manifests. */
export function askedServices(flows: readonly Flow[]): AskedService[] {
  const manifests = flows.flatMap(({ tasks }) => Object.values(tasks)).filter(usesWarehouse);
  return [
    ...(manifests.some(readsParameters) ? (['ssm'] as const) : []),
    ...(manifests.some(({ writes, emits }) => writes?.length || emits) ? (['events'] as const) : []),
  ];
}

function readsParameters({ secrets, optionalSecrets, settings }: TaskManifest): boolean {
  return [secrets, optionalSecrets, settings].some((names) => names?.some((name) => name !== warehouseSecret));
}

/** @throws {UsageError} a task wants both the warehouse, whose network does not lead to the internet, and a source there */
export function refuseCallsBesideWarehouse(flow: Flow, taskName: string, { calls }: TaskManifest): void {
  if (!calls?.length) return;
  throw new UsageError(
    `task '${taskName}' of flow '${flow.name}' uses the warehouse and calls ${calls.join(', ')}; ` +
      'from the network of the warehouse no source can be reached',
    { hint: 'make two tasks of it, one that asks the source and one that uses the warehouse' },
  );
}
