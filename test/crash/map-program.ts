import { UsageError } from '../../lib/errors.ts';
import type { Execution } from '../../lib/execution/execution.ts';
import { executionName, itemCount, mapExecutions, mapFlow } from './map-flow.ts';

/** Runs the execution in the current folder, or redrives it, and prints its output. */
const mode = process.argv[2] === 'DISTRIBUTED' ? 'DISTRIBUTED' : 'INLINE';
const executions = mapExecutions('.', mode);
console.log('ready');
const known = await executions.describe(executionName).catch((error: unknown) => {
  if (error instanceof UsageError) return undefined;
  throw error;
});
await goOn(known);
for await (const _ of executions.history(executionName, { follow: true }));
const { status, output } = await executions.describe(executionName);
console.log(JSON.stringify({ status, output }));

/** A run that was killed before it was recorded begins anew, and one that was killed after its end has nothing to do. */
async function goOn(known: Execution | undefined): Promise<void> {
  const items = Array.from({ length: itemCount }, (_, item) => item);
  if (!known) await executions.start(mapFlow(mode).flow, { items }, { executionName });
  else if (known.status !== 'SUCCEEDED') await executions.redrive(executionName);
}
