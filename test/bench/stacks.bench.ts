import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleTasks } from '../../lib/stacks/bundle.ts';
import * as allFlows from '../../state-machines/index.ts';
import type { Bench, Figure } from './bench.ts';

const projectFolder = join(import.meta.dirname, '../..');
const flows = Object.values(allFlows);

/** What it takes to get the project's code and stacks ready to deploy. */
export const stackBenches: Bench[] = [
  { name: 'synth of both environments', run: () => inFolder(measureSynth) },
  { name: 'Lambda bundles', run: () => inFolder(measureBundles) },
];

async function measureSynth(folder: string): Promise<Figure[]> {
  const seconds = ['dev', 'prod'].map((environment) =>
    secondsOf(() => {
      const output = ['--output', join(folder, environment)];
      execFileSync('node_modules/.bin/cdk', ['synth', '-q', '--context', `env=${environment}`, ...output], {
        cwd: projectFolder,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    }),
  );
  const total = seconds.reduce((sum, each) => sum + each, 0);
  const together = secondsOf(() => bundleTasks(flows, { projectFolder, outputFolder: join(folder, 'together') }));
  const oneByOne = secondsOf(() => {
    for (const flow of flows) {
      for (const [taskName, task] of Object.entries(flow.tasks)) {
        const alone = { ...flow, tasks: { [taskName]: task } };
        bundleTasks([alone], { projectFolder, outputFolder: join(folder, 'one-by-one') });
      }
    }
  });
  return [
    { name: 'synth of dev and prod', value: total, unit: 's' },
    { name: 'synth of dev and prod: bundling share', value: (200 * together) / total, unit: '%' },
    {
      name: 'bundling of all tasks in one pass',
      value: together,
      unit: 's',
      peer: 'a pass for each task',
      ratio: together / oneByOne,
    },
  ];
}

async function measureBundles(folder: string): Promise<Figure[]> {
  const bundles = [...bundleTasks(flows, { projectFolder, outputFolder: folder })];
  const sizes = bundles.map(([key, bundle]) => ({
    name: `bundle of ${key}`,
    value: bundle.sizeBytes / 1024,
    unit: 'KiB',
  }));
  const [largest] = bundles.sort(([, a], [, b]) => b.sizeBytes - a.sizeBytes);
  if (!largest) return [];
  const [key, { folder: largestFolder }] = largest;
  return [...sizes, { name: `import of ${key}`, value: importMs(join(largestFolder, 'index.mjs')), unit: 'ms' }];
}

/** Median of nine fresh processes, which find the native packages on `NODE_PATH` as they would find a layer's. */
function importMs(file: string): number {
  const script = `const began = performance.now(); await import('${file}'); console.log(performance.now() - began);`;
  const env = { ...process.env, NODE_PATH: join(projectFolder, 'node_modules') };
  const all = Array.from({ length: 9 }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env })),
  );
  return all.sort((a, b) => a - b)[4] ?? Number.NaN;
}

function secondsOf(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}

async function inFolder(measure: (folder: string) => Promise<Figure[]>): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stacks-bench-'));
  try {
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
