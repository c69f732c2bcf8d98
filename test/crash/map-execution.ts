import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedEvent } from '../../lib/engine/history.ts';
import { UsageError } from '../../lib/errors.ts';
import { fakeCommandLine } from '../cli/fake-world.ts';
import { effectsPath, executionName, itemCount, mapExecutions, mapFlow } from './map-flow.ts';
import { runAndKill, runToEnd, runWhole } from './run.ts';
import type { Scenario, Subject } from './scenario.ts';

const command = ['test/crash/map-program.ts'];

/** Kills an execution of a Map of 500 items: the first run of it, and the redrive of one that was killed before. */
export const mapExecution: Subject = async (root) => {
  const { afterOutputMs, output } = await runWhole(join(root, 'undisturbed'), command);
  const killed = join(root, 'killed');
  await mkdir(killed);
  await runAndKill(killed, command, { afterMs: afterOutputMs / 3, from: 'first output' });
  const redriven = join(root, 'redriven');
  await cp(killed, redriven, { recursive: true });
  const redrive = await runWhole(redriven, command);
  if (redrive.output !== output) throw new Error(`a redrive gave ${redrive.output} instead of ${output}`);
  return [
    scenario({ name: 'Map of 500 items', durationMs: afterOutputMs, output }),
    scenario({ name: 'redrive of that Map', durationMs: redrive.afterOutputMs, output, template: killed }),
  ];
};

interface MapRun extends Pick<Scenario, 'name' | 'durationMs'> {
  readonly output: string;
  /** The folder that a run starts from; none for a first run. */
  readonly template?: string;
}

function scenario({ name, durationMs, output, template }: MapRun): Scenario {
  return {
    name,
    durationMs,
    countsFrom: 'first output',
    command,
    async prepare(folder) {
      if (template === undefined) await mkdir(folder);
      else await cp(template, folder, { recursive: true });
    },
    async complaintsAbout(folder) {
      const shown = await complaintsAboutShow(folder);
      const before = await readRun(folder);
      const redrive = await runToEnd(folder, command);
      const after = await readRun(folder);
      const same = redrive.output === output ? [] : [`the redrive gave ${redrive.output} instead of ${output}`];
      return [...before.complaints, ...shown, ...same, ...after.complaints, ...complaintsAboutItems(before, after)];
    },
  };
}

/** `flow show` must tell that the process is gone, and how to go on. */
async function complaintsAboutShow(folder: string): Promise<string[]> {
  const executions = mapExecutions(folder);
  const status = await executions.describe(executionName).then(
    (execution) => execution.status,
    (error: unknown) => {
      if (error instanceof UsageError) return undefined; // killed before it was recorded
      throw error;
    },
  );
  if (status === undefined || status === 'SUCCEEDED') return [];
  const { stdout } = await fakeCommandLine({ flows: [mapFlow], executions }).flow('show', executionName);
  const missing = ['ABORTED', 'Engine.ProcessLost', `flow redrive ${executionName}`].filter(
    (words) => !stdout.includes(words),
  );
  return missing.map((words) => `flow show does not say '${words}':\n${stdout}`);
}

/** What a folder tells about its execution. */
interface RunState {
  readonly events: readonly RecordedEvent[];
  /** How often the task was done, by item. */
  readonly effects: ReadonlyMap<number, number>;
  readonly complaints: readonly string[];
}

async function readRun(folder: string): Promise<RunState> {
  const history = await readLines(join(folder, '.flow/executions', mapFlow.flow.name, executionName, 'history.jsonl'));
  const complaints: string[] = [];
  const events: RecordedEvent[] = [];
  for (const [index, line] of history.entries()) {
    try {
      events.push(JSON.parse(line));
    } catch {
      complaints.push(`line ${index + 1} of the history is torn: ${line}`);
    }
    const id = events.at(-1)?.id;
    if (id !== index + 1) complaints.push(`event ${id} stands in line ${index + 1} of the history`);
  }
  const effects = new Map<number, number>();
  for (const line of await readLines(effectsPath(folder)))
    effects.set(Number(line), (effects.get(Number(line)) ?? 0) + 1);
  return { events, effects, complaints };
}

/** Whole lines only: what a killed process was writing has not been written. */
async function readLines(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').slice(0, -1);
}

function complaintsAboutItems(before: RunState, after: RunState): string[] {
  const complaints: string[] = [];
  const had = countByItem(before.events, 'TaskSucceeded');
  const has = countByItem(after.events, 'TaskSucceeded');
  const scheduled = countByItem(after.events, 'TaskScheduled');
  for (let item = 0; item < itemCount; item += 1) {
    const effectsAfter = after.effects.get(item) ?? 0;
    if (has.get(item) !== 1) complaints.push(`item ${item} ran to success ${has.get(item) ?? 0} times`);
    if (had.has(item) && effectsAfter !== before.effects.get(item)) complaints.push(`item ${item} was done once more`);
    if (effectsAfter > (scheduled.get(item) ?? 0)) complaints.push(`item ${item} was done without being scheduled`);
  }
  return complaints;
}

function countByItem(events: readonly RecordedEvent[], type: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const event of events) {
    if (event.type !== type) continue;
    const item = Number(/^Each\[(\d+)\]$/.exec(event.frame)?.[1]);
    counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
}
