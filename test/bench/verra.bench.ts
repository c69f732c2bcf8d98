import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { rawVerraData } from '../../functions/carbon-markets/raw-verra-data.contract.ts';
import { openStore } from '../../lib/artifact/open-store.ts';
import { publishArtifact } from '../../lib/artifact/publish.ts';
import { systemClock } from '../../lib/clock.ts';
import { openSql } from '../../lib/table/sql.ts';
import { writeParquet } from '../../lib/table/write-parquet.ts';
import { testContext } from '../support/test-world.ts';
import type { Bench, Figure } from './bench.ts';
import { generatedBlocks } from './generated-blocks.ts';

const blockCount = 400_000;

export const verraBenches: Bench[] = [
  { name: `verra-data, build of ${blockCount.toLocaleString('en')} blocks`, run: measureBuild },
];

/** The whole task `BuildVerraData`: fetch, prove, transform, store; in a process of its own. */
async function measureBuild(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'verra-bench-'));
  try {
    const storeUrl = pathToFileURL(join(folder, 'store')).href;
    await publishBlocks(folder, storeUrl);
    const script = join(import.meta.dirname, 'build-verra-data.ts');
    const builds: { seconds: number; peakMiB: number }[] = [];
    for (let build = 0; build < 3; build += 1) {
      const { stdout } = await promisify(execFile)(process.execPath, [script, storeUrl]);
      builds.push(JSON.parse(stdout));
    }
    // the median: this machine is seldom alone with us
    const seconds = builds.map((build) => build.seconds).sort((a, b) => a - b)[1] ?? Number.NaN;
    const peakMiB = Math.max(...builds.map((build) => build.peakMiB));
    const what = 'verra-data build, 400,000 blocks';
    return [
      { name: `${what}: time, median of 3`, value: seconds, unit: 's' },
      { name: `${what}: throughput`, value: blockCount / seconds, unit: 'rows/s' },
      { name: `${what}: peak memory of the process, highest of 3`, value: peakMiB, unit: 'MiB' },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function publishBlocks(folder: string, storeUrl: string): Promise<void> {
  const dataFile = join(folder, 'data.parquet');
  await using sql = await openSql({ workFolder: folder });
  await writeParquet(sql, generatedBlocks(blockCount), dataFile);
  const artifacts = await openStore(storeUrl, systemClock);
  await publishArtifact(testContext({ artifacts }), rawVerraData, { dataFile, inputs: [] });
}
