import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runAndKill } from './run.ts';
import type { Scenario } from './scenario.ts';
import { seededChance } from './seeded-chance.ts';
import { targets, usualTargets } from './targets.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    of: { type: 'string' },
  },
});
const kills = Number(values.kills);
const names = values.of === undefined ? usualTargets : [values.of];
if (
  names.some((name) => !Object.hasOwn(targets, name)) ||
  !Number.isInteger(kills) ||
  kills < 1 ||
  !Number.isInteger(Number(values.seed))
) {
  console.error(`usage: crash.ts [--kills N] [--seed S] [--of ${Object.keys(targets).join('|')}]`);
  process.exit(2);
}

/** Runs that go on at the same time. */
const laneCount = 2;

const root = await mkdtemp(join(tmpdir(), 'crash-'));
const chance = seededChance(Number(values.seed));
const prepared = new Map<string, Scenario[]>();
await Promise.all([...new Set(names)].map(async (name) => prepared.set(name, await prepare(name))));
const failures = await killAll(names.map((name) => prepared.get(name) ?? []));
console.log(`seed ${values.seed}`);
console.log(`crash: ${kills} kills, ${failures} failures`);
if (failures === 0) await rm(root, { recursive: true });
process.exitCode = failures === 0 ? 0 : 1;

async function prepare(name: string): Promise<Scenario[]> {
  return (await targets[name]?.(join(root, name))) ?? [];
}

/** Deals the kills to the targets in turn, and each target's to its scenarios in turn. */
async function killAll(byTarget: readonly (readonly Scenario[])[]): Promise<number> {
  let failures = 0;
  let dealt = 0;
  const lane = async () => {
    while (dealt < kills) {
      const kill = dealt;
      dealt += 1;
      const ofTarget = byTarget[kill % byTarget.length] ?? [];
      const scenario = ofTarget[Math.floor(kill / byTarget.length) % ofTarget.length];
      if (!scenario) throw new Error(`target ${kill % byTarget.length} has no scenarios`);
      const complaints = await killOnce(scenario, kill);
      if (complaints.length > 0) failures += 1;
      for (const complaint of complaints) console.log(`kill ${kill + 1}: ${complaint}`);
    }
  };
  await Promise.all(Array.from({ length: laneCount }, lane));
  return failures;
}

/** The kills of a session lie evenly spread over the duration of their runs, by chance within each part. */
async function killOnce(scenario: Scenario, kill: number): Promise<string[]> {
  for (let attempt = 1; ; attempt += 1) {
    const folder = join(root, `kill-${kill + 1}`);
    // the last parts may lie beyond the end of a run that is quicker than the measured one: then any moment will do
    const moment = attempt === 1 ? (kill + chance()) / kills : chance();
    const afterMs = moment * scenario.durationMs;
    await scenario.prepare(folder);
    const wasKilled = await runAndKill(folder, scenario.command, { afterMs, from: scenario.countsFrom });
    const complaints = wasKilled ? await scenario.complaintsAbout(folder) : [];
    console.log(
      `kill ${kill + 1} of ${kills}: ${scenario.name}, after ${Math.round(afterMs)} ms: ${
        wasKilled ? `${complaints.length} complaints` : 'had ended before; again'
      }`,
    );
    if (complaints.length === 0) await rm(folder, { recursive: true });
    if (wasKilled) return complaints.map((complaint) => `${complaint} (${folder})`);
  }
}
