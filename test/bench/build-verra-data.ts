import { buildVerraData } from '../../functions/carbon-markets/verra-data/build-verra-data.ts';
import { resolveArtifact } from '../../lib/artifact/catalog.ts';
import { openStore } from '../../lib/artifact/open-store.ts';
import { systemClock } from '../../lib/clock.ts';
import { taskHandler } from '../../lib/task/task-handler.ts';
import { taskPayload, testWorld } from '../support/test-world.ts';

// run in a process of its own, so that its peak memory is that of the build alone: <store URL>
const artifacts = await openStore(process.argv[2] ?? '', systemClock);
const rawVerraData = await resolveArtifact(artifacts, 'raw_verra_data');
if (!rawVerraData) throw new Error(`there is no raw_verra_data in ${artifacts.url}`);
const build = taskHandler(buildVerraData, testWorld({ artifacts, clock: systemClock, flowName: 'verra-data' }));

const startedAt = performance.now();
await build(taskPayload({ rawVerraData, mossBridgedOffsets: null, compat: false }));
const seconds = (performance.now() - startedAt) / 1000;

process.stdout.write(JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024 }));
