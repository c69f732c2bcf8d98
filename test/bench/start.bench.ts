import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { listArtifacts } from '../../lib/artifact/catalog.ts';
import { openStore } from '../../lib/artifact/open-store.ts';
import type { Bench, Figure } from './bench.ts';

/** What a newcomer waits for. */
export const startBenches: Bench[] = [{ name: 'npm start', run: measureStart }];

/** Into an empty store; from the command to the moment the last pointer was flipped. */
async function measureStart(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'npm-start-'));
  const storeUrl = pathToFileURL(folder).href;
  const startedAtMs = Date.now();
  await promisify(execFile)('npm', ['start', '--silent'], { env: { ...process.env, RESULTS_URL: storeUrl } });
  const pointers = await listArtifacts(await openStore(storeUrl));
  await rm(folder, { recursive: true });
  const lastMs = Math.max(...pointers.map(({ publishedAt }) => Date.parse(publishedAt)));
  return [{ name: 'from npm start to the last artifact', value: (lastMs - startedAtMs) / 1000, unit: 's' }];
}
