import { tmpdir } from 'node:os';
import { flowDefinitions } from '../../bin/flow-definitions.ts';
import { invokeTask } from '../../bin/invoke-task.ts';
import { openStore } from '../../lib/artifact/open-store.ts';
import { systemClock } from '../../lib/clock.ts';
import { LocalExecutions } from '../../lib/engine/local-executions.ts';
import { fixedSource } from '../../lib/secret/fixed-source.ts';
import { root } from '../support/source-files.ts';
import { testWorld } from '../support/test-world.ts';

// run in a process of its own, so that its peak memory is that of the run alone: <store URL> <settings as JSON>
const [, , storeUrl = '', settingsText = '{}'] = process.argv;
const settings = fixedSource(JSON.parse(settingsText));
const artifacts = await openStore(storeUrl, systemClock);
const world = testWorld({ artifacts, settings, secrets: settings, clock: systemClock, tempFolder: tmpdir() });
const flows = await flowDefinitions(root);
const executions = new LocalExecutions({
  clock: systemClock,
  flows,
  events: world.events,
  invokeTask: (call) => invokeTask(call, { world, projectFolder: root }),
});
const flow = flows.find((definition) => definition.flow.name === 'preprocess-consultation-documents')?.flow;
if (!flow) throw new Error('there is no flow to measure');

const startedAt = performance.now();
const { name } = await executions.start(flow, { concurrency: 2 });
const states: { name: string; seconds: number; peakMiB: number }[] = [];
let enteredAt = startedAt;
for await (const { type, details } of executions.history(name, { follow: true })) {
  if (type.endsWith('StateEntered')) enteredAt = performance.now();
  if (!type.endsWith('StateExited')) continue;
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  states.push({ name: String(details.name), seconds: (performance.now() - enteredAt) / 1000, peakMiB });
}
const seconds = (performance.now() - startedAt) / 1000;
const { status, cause } = await executions.describe(name);
if (status !== 'SUCCEEDED') throw new Error(`the run ${status}: ${cause}`);
process.stdout.write(JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024, states }));
