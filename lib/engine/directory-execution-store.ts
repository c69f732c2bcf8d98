import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLine } from '../execution/executions.ts';
import { type ExecutionRecord, readRecord } from './execution-record.ts';
import type { ExecutionKey, ExecutionStore } from './execution-store.ts';
import { appendHistory, readHistory } from './history-file.ts';
import { readJsonLines } from './json-lines.ts';
import { appendLogs } from './log-file.ts';
import { journalFile } from './map-run/journal-file.ts';
import { writeWhole } from './write-whole.ts';

/** Executions in `<folder>/<flow>/<execution>/`: `execution.json`, `history.jsonl`, `logs.jsonl`, `map-runs.jsonl`. */
export function directoryExecutionStore(folder: string): ExecutionStore {
  const pathOf = ({ flowName, name }: ExecutionKey, file: string) => join(folder, flowName, name, file);
  const read = async (key: ExecutionKey): Promise<ExecutionRecord | undefined> => {
    const text = await readFile(pathOf(key, 'execution.json'), 'utf8').catch(absent);
    return text === undefined ? undefined : readRecord(text);
  };
  return {
    async create(record) {
      await mkdir(join(folder, record.flowName), { recursive: true });
      const isNew = await mkdir(join(folder, record.flowName, record.name)).then(() => true, existing);
      if (!isNew && (await read(record))) return false;
      await writeWhole(pathOf(record, 'execution.json'), record);
      return true;
    },
    read,
    write: (record) => writeWhole(pathOf(record, 'execution.json'), record),
    async *list(flowName) {
      const flowNames = flowName === undefined ? await namesIn(folder) : [flowName];
      const keys = await Promise.all(
        flowNames.map(async (flow) => (await namesIn(join(folder, flow))).map((name) => ({ flowName: flow, name }))),
      );
      const records = (await Promise.all(keys.flat().map(read))).filter((record) => record !== undefined);
      yield* records.sort((one, other) => (one.startDate < other.startDate ? 1 : -1));
    },
    removeAll: (flowName) => rm(join(folder, flowName), { recursive: true, force: true }),
    openHistory: (key) => appendHistory(pathOf(key, 'history.jsonl')),
    readHistory: (key) => readHistory(pathOf(key, 'history.jsonl')),
    journal: (key) => journalFile(pathOf(key, 'map-runs.jsonl')),
    openLogs: (key) => appendLogs(pathOf(key, 'logs.jsonl')),
    readLogs: (key) => readJsonLines<LogLine>(pathOf(key, 'logs.jsonl')),
  };
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(absent)) ?? [];
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

function existing(error: NodeJS.ErrnoException): false {
  if (error.code === 'EEXIST') return false;
  throw error;
}
