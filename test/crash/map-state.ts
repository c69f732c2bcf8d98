import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedEvent } from '../../lib/engine/history.ts';
import type { ChildEnd } from '../../lib/engine/map-run/journal.ts';
import { effectsPath, executionName, itemCount, type MapMode, mapFlow } from './map-flow.ts';

/** What a folder tells about its execution of a Map; counts are by item. */
export interface MapState {
  /** How often its task is said to have run to success: in the history, or by an execution of its own. */
  readonly successes: ReadonlyMap<number, number>;
  /** How often its task was about to be called; undefined where no history tells. */
  readonly scheduled: ReadonlyMap<number, number> | undefined;
  /** How often its task was done. */
  readonly effects: ReadonlyMap<number, number>;
  /** What is wrong with the files themselves. */
  readonly complaints: readonly string[];
}

/** Reads the history, the journal of child executions and the effects that lie in a folder. */
export async function readMapState(folder: string, mode: MapMode): Promise<MapState> {
  const executionFolder = join(folder, '.flow/executions', mapFlow(mode).flow.name, executionName);
  const { entries: events, complaints } = await readJsonLines<RecordedEvent>(join(executionFolder, 'history.jsonl'));
  for (const [index, { id }] of events.entries()) {
    if (id !== index + 1) complaints.push(`event ${id} stands in line ${index + 1} of the history`);
  }
  const effects = counted((await readLines(effectsPath(folder))).map(Number));
  if (mode === 'INLINE') {
    const scheduled = counted(itemsOf(events, 'TaskScheduled'));
    return { successes: counted(itemsOf(events, 'TaskSucceeded')), scheduled, effects, complaints };
  }
  const journal = await readJsonLines<ChildEnd>(join(executionFolder, 'map-runs.jsonl'));
  const ended = journal.entries.filter(({ status }) => status === 'SUCCEEDED').map(({ index }) => index);
  return {
    successes: counted(ended),
    scheduled: undefined,
    effects,
    complaints: [...complaints, ...journal.complaints],
  };
}

/** What is wrong with the items of an execution that has been redriven to its end. */
export function complaintsAboutItems(before: MapState, after: MapState): string[] {
  const complaints: string[] = [];
  for (let item = 0; item < itemCount; item += 1) {
    const successCount = after.successes.get(item) ?? 0;
    const effectCount = after.effects.get(item) ?? 0;
    const isRepeated = before.successes.has(item) && effectCount !== before.effects.get(item);
    if (successCount !== 1) complaints.push(`item ${item} ran to success ${successCount} times`);
    if (isRepeated) complaints.push(`item ${item} was done once more after its success`);
    if (after.scheduled && effectCount > (after.scheduled.get(item) ?? 0)) {
      complaints.push(`item ${item} was done without being scheduled`);
    }
  }
  return complaints;
}

function itemsOf(events: readonly RecordedEvent[], type: string): number[] {
  return events.filter((event) => event.type === type).map(({ frame }) => Number(/^Each\[(\d+)\]$/.exec(frame)?.[1]));
}

function counted(items: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

async function readJsonLines<T>(path: string): Promise<{ entries: T[]; complaints: string[] }> {
  const entries: T[] = [];
  const complaints: string[] = [];
  for (const [index, line] of (await readLines(path)).entries()) {
    try {
      entries.push(JSON.parse(line));
    } catch {
      complaints.push(`line ${index + 1} of ${path} is torn: ${line}`);
    }
  }
  return { entries, complaints };
}

/** Whole lines only: what a killed process was writing has not been written. */
async function readLines(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').slice(0, -1);
}
