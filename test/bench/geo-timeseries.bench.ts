import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { root } from '../support/source-files.ts';
import type { Bench, Figure } from './bench.ts';

/** What the original needed for as many rows of the same shape, on such a machine: section 8 of its specification. */
interface Original {
  readonly rows: number;
  readonly seconds: number;
  readonly peakMiB: number;
  readonly files: number;
}

const originals: readonly Original[] = [
  { rows: 1_000_000, seconds: 767, peakMiB: 2_532, files: 233_148 },
  { rows: 10_000_000, seconds: 2_654, peakMiB: 14_739, files: 269_157 },
];

export const geoTimeseriesBenches: Bench[] = originals.map((original) => ({
  name: `geo-timeseries, ${original.rows / 1e6} million rows`,
  run: (leftovers) => measureRun(original, leftovers),
}));

const usage = z.object({ peakMiB: z.number(), cpuSeconds: z.number() });
const run = z.object({
  status: z.literal('SUCCEEDED'),
  durationSeconds: z.number(),
  output: z.object({ outputUrl: z.string(), files: z.number(), bytes: z.number() }),
});

/** The whole flow with all outputs, as `flow run` starts it, in a process of its own. */
async function measureRun(original: Original, leftovers: AsyncDisposableStack): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'geo-bench-'));
  // ext4 without a journal makes files three times as slowly for minutes after as many were removed
  leftovers.defer(() => rm(folder, { recursive: true }));
  await node(['bin/sample-geo.ts', '--rows', String(original.rows), '--out', folder], folder);
  const preload = pathToFileURL(join(import.meta.dirname, 'resource-usage.ts')).href;
  const startedAt = performance.now();
  const stdout = await node(
    [
      '--import',
      preload,
      'bin/flow.ts',
      'run',
      'geo-timeseries',
      '--input',
      `@${join(folder, 'request.json')}`,
      '--json',
    ],
    folder,
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const { output } = run.parse(JSON.parse(stdout));
  const used = usage.parse(JSON.parse(await readFile(join(folder, 'usage.json'), 'utf8')));
  const files = await countFiles(fileURLToPath(output.outputUrl));
  if (files !== output.files) throw new Error(`the run tells of ${output.files} files, and there are ${files}`);
  return figures(original, { ...used, seconds, files, bytes: output.bytes });
}

function figures(
  original: Original,
  measured: { seconds: number; cpuSeconds: number; peakMiB: number; files: number; bytes: number },
): Figure[] {
  const { seconds, cpuSeconds, peakMiB, files, bytes } = measured;
  const what = `geo-timeseries, ${original.rows / 1e6} million rows`;
  const against = (ours: number, theirs: number) => ({ peer: 'the original', ratio: ours / theirs });
  return [
    { name: `${what}: wall time`, value: seconds, unit: 's', ...against(seconds, original.seconds) },
    // tells how fast the run is on a machine that others work on, too
    { name: `${what}: processor time`, value: cpuSeconds, unit: 's' },
    { name: `${what}: load of the machine`, value: loadavg()[0] ?? Number.NaN, unit: 'processes' },
    { name: `${what}: peak memory`, value: peakMiB, unit: 'MiB', ...against(peakMiB, original.peakMiB) },
    { name: `${what}: files`, value: files, unit: 'files', ...against(files, original.files) },
    { name: `${what}: written`, value: bytes / 2 ** 20, unit: 'MiB' },
  ];
}

async function node(args: readonly string[], folder: string): Promise<string> {
  const [program = '', ...others] = args.map((each) => (each.startsWith('bin/') ? join(root, each) : each));
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...others], {
    // outside of the project: a store of its own, which goes with the folder
    cwd: folder,
    env: { ...process.env, RESOURCE_USAGE_FILE: join(folder, 'usage.json') },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

async function countFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
