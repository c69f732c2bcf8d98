import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runAndKill, runToEnd } from './run.ts';
import { complaintsAfter, complaintsBetween, readState, type StoreState } from './store-state.ts';
import { type Target, targets } from './targets.ts';

/** A store as it is before a run, what the run makes of it, and how long that takes undisturbed. */
interface Scenario {
  readonly name: string;
  /** Copied for each kill; none for a first run. */
  readonly template: string | undefined;
  readonly before: StoreState;
  readonly after: StoreState;
  readonly durationMs: number;
}

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    of: { type: 'string', default: 'build-verra' },
  },
});
const kills = Number(values.kills);
const target = targets[values.of];
if (!target || !Number.isInteger(kills) || kills < 1 || !Number.isInteger(Number(values.seed))) {
  console.error(`usage: crash.ts [--kills N] [--seed S] [--of ${Object.keys(targets).join('|')}]`);
  process.exit(2);
}

const root = await mkdtemp(join(tmpdir(), 'crash-'));
const chance = seededChance(Number(values.seed));
const failures = await killAll(await prepare(target), target);
console.log(`seed ${values.seed}`);
console.log(`crash: ${kills} kills, ${failures} failures`);
if (failures === 0) await rm(root, { recursive: true });
process.exitCode = failures === 0 ? 0 : 1;

/** Runs the old and the new edition undisturbed, to know how long that takes and what comes out. */
async function prepare(target: Target): Promise<Scenario[]> {
  const [first, old, grown] = ['first', 'old', 'grown'].map((name) => join(root, name));
  if (!first || !old || !grown) throw new Error('three names make three folders');
  const firstMs = await complete(first, target.new);
  await complete(old, target.old);
  await cp(old, grown, { recursive: true });
  const grownMs = await complete(grown, target.new);
  const [newState, oldState] = [await readState(first), await readState(old)];
  return [
    { name: 'first run', template: undefined, before: new Map(), after: newState, durationMs: firstMs },
    { name: 'run over an older version', template: old, before: oldState, after: newState, durationMs: grownMs },
  ];
}

async function complete(folder: string, script: readonly string[]): Promise<number> {
  await mkdir(folder, { recursive: true });
  const { durationMs, exitCode, output } = await runToEnd(folder, script);
  if (exitCode !== 0) throw new Error(`an undisturbed run ended with exit code ${exitCode}:\n${output}`);
  return durationMs;
}

/** Spreads the kills evenly over the scenarios and over the duration of their runs, by chance within each part. */
async function killAll(scenarios: readonly Scenario[], target: Target): Promise<number> {
  let failures = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const scenario = scenarios[kill % scenarios.length];
    if (!scenario) continue;
    const complaints = await killOnce(scenario, target, kill);
    if (complaints.length > 0) failures += 1;
    for (const complaint of complaints) console.log(`kill ${kill + 1}: ${complaint}`);
  }
  return failures;
}

async function killOnce(scenario: Scenario, target: Target, kill: number): Promise<string[]> {
  for (let attempt = 1; ; attempt += 1) {
    const folder = join(root, `kill-${kill + 1}`);
    // the last parts may lie beyond the end of a run that is quicker than the measured one: then any moment will do
    const moment = attempt === 1 ? (kill + chance()) / kills : chance();
    const afterMs = moment * scenario.durationMs;
    if (scenario.template) await cp(scenario.template, folder, { recursive: true });
    else await mkdir(folder);
    const wasKilled = await runAndKill(folder, target.new, afterMs);
    const complaints = wasKilled ? await complaintsAboutKilled(folder, scenario, target) : [];
    console.log(
      `kill ${kill + 1} of ${kills}: ${scenario.name}, after ${Math.round(afterMs)} ms: ${
        wasKilled ? `${complaints.length} complaints` : 'had ended before; again'
      }`,
    );
    if (complaints.length === 0) await rm(folder, { recursive: true });
    if (wasKilled) return complaints.map((complaint) => `${complaint} (${folder})`);
  }
}

async function complaintsAboutKilled(folder: string, scenario: Scenario, target: Target): Promise<string[]> {
  const complaints = await complaintsBetween(folder, scenario.before, scenario.after);
  const { exitCode, output } = await runToEnd(folder, target.new);
  if (exitCode !== 0) return [...complaints, `running again ended with exit code ${exitCode}:\n${output}`];
  return [...complaints, ...(await complaintsAfter(folder, scenario.after))];
}

/** Mulberry32: small, and the same on every machine. */
function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
