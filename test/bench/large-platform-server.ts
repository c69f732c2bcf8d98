import { startSampleServer } from '../../samples/server.ts';
import { largePlatform } from './large-platform.ts';

// run in a process of its own, so that what it holds is not measured: one JSON line, then it serves until it is killed
const demokratis = { platform: largePlatform(), faultAt: () => undefined, secondsPerFile: 60 };
const { settings } = await startSampleServer({ demokratis });
process.stdout.write(`${JSON.stringify(settings)}\n`);
