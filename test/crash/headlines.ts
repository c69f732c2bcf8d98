/*
 * Kills load-headlines and fit-headline-growth at random moments, redrives them, and compares every table of the
 * warehouse with those of runs that nobody disturbed.
 */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededChance } from '../../samples/seeded-chance.ts';
import { runAndKill, runToEnd } from './run.ts';
import { warehouseTables } from './warehouse-tables.ts';

/** A flow that is killed, in a folder as it is before it runs. */
interface Scenario {
  readonly name: string;
  readonly template: string;
  readonly run: readonly string[];
  readonly durationMs: number;
  readonly tables: string;
}

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '50' }, seed: { type: 'string', default: '5' } },
});
const kills = Number(values.kills);
const executionName = 'victim';
const flowCommand = (flow: string, input: object) => [
  ...['bin/flow.ts', 'run', flow, '--json', '--name', executionName],
  ...['--input', JSON.stringify(input)],
];
const load = flowCommand('load-headlines', { fromMonth: '2024-03', toMonth: '2024-04' });
const fit = flowCommand('fit-headline-growth', { asAt: '2024-05-01', horizonMonths: 2 });

const root = await mkdtemp(join(tmpdir(), 'crash-headlines-'));
const chance = seededChance(Number(values.seed));
const scenarios = await prepare();
let failures = 0;
for (let kill = 0; kill < kills; kill += 1) {
  // loading has far more moments at which something is half done
  const scenario = scenarios[kill % 3 === 2 ? 1 : 0];
  if (scenario && !(await survives(scenario, kill))) failures += 1;
}
console.log(`crash: ${kills} kills, ${failures} failures`);
if (failures === 0) await rm(root, { recursive: true });
process.exitCode = failures === 0 ? 0 : 1;

/** Runs both flows undisturbed; what lies there between them is what the second begins with. */
async function prepare(): Promise<Scenario[]> {
  const [empty, folder] = [join(root, 'empty'), join(root, 'whole')];
  await mkdir(empty);
  await mkdir(folder);
  const loadedIn = await complete(folder, load);
  const loaded = join(root, 'loaded');
  await cp(folder, loaded, { recursive: true });
  await rm(join(loaded, '.flow/executions'), { recursive: true });
  const tables = await warehouseTables(loaded);
  await rm(join(folder, '.flow/executions'), { recursive: true });
  const fittedIn = await complete(folder, fit);
  return [
    { name: 'load-headlines', template: empty, run: load, durationMs: loadedIn, tables },
    {
      name: 'fit-headline-growth',
      template: loaded,
      run: fit,
      durationMs: fittedIn,
      tables: await warehouseTables(folder),
    },
  ];
}

async function complete(folder: string, script: readonly string[]): Promise<number> {
  const { durationMs, exitCode, output } = await runToEnd(folder, script);
  if (exitCode !== 0) throw new Error(`an undisturbed run ended with exit code ${exitCode}:\n${output}`);
  return durationMs;
}

async function survives(scenario: Scenario, kill: number): Promise<boolean> {
  const folder = join(root, `kill-${kill + 1}`);
  await cp(scenario.template, folder, { recursive: true });
  const afterMs = (chance.between(0, 1_000) / 1_000) * scenario.durationMs;
  const wasKilled = await runAndKill(folder, scenario.run, { afterMs, from: 'start' });
  const { exitCode, output } = await takeUp(folder, scenario, wasKilled);
  const isSame = exitCode === 0 && (await warehouseTables(folder)) === scenario.tables;
  const how = wasKilled ? `killed after ${Math.round(afterMs)} ms` : 'had ended before';
  console.log(`kill ${kill + 1} of ${kills}: ${scenario.name} ${how}: ${isSame ? 'the same tables' : 'FAILED'}`);
  if (isSame) await rm(folder, { recursive: true });
  else console.log(exitCode === 0 ? `the tables in ${folder} differ` : output);
  return isSame;
}

/** Redrives what was killed; what was killed before there was an execution is started again. */
async function takeUp(folder: string, { run }: Scenario, wasKilled: boolean) {
  if (!wasKilled) return { exitCode: 0, output: '' };
  const redriven = await runToEnd(folder, ['bin/flow.ts', 'redrive', executionName, '--json']);
  if (redriven.exitCode === 0) return redriven;
  // nothing to redrive: it had not begun, or it had succeeded a moment before
  return await runToEnd(
    folder,
    run.map((word) => (word === executionName ? `${executionName}-again` : word)),
  );
}
