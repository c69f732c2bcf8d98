import type { LogLine } from '../execution/executions.ts';
import type { ExecutionRecord } from './execution-record.ts';
import type { ExecutionKey, ExecutionStore } from './execution-store.ts';
import type { RecordedEvent } from './history.ts';
import type { ChildEnd } from './map-run/journal.ts';

interface Kept {
  record: ExecutionRecord;
  readonly events: RecordedEvent[];
  readonly logs: LogLine[];
  readonly journal: { readonly mapRun: string; readonly end: ChildEnd }[];
}

/** Executions of this process only, gone with it; for tests and measurements. */
export function memoryExecutionStore(): ExecutionStore {
  const executions = new Map<string, Kept>();
  const keyOf = ({ flowName, name }: ExecutionKey) => `${flowName}/${name}`;
  const kept = (key: ExecutionKey): Kept => {
    const found = executions.get(keyOf(key));
    if (!found) throw new Error(`execution '${keyOf(key)}' was never created`);
    return found;
  };
  return {
    async create(record) {
      if (executions.has(keyOf(record))) return false;
      executions.set(keyOf(record), { record, events: [], logs: [], journal: [] });
      return true;
    },
    read: async (key) => executions.get(keyOf(key))?.record,
    async write(record) {
      kept(record).record = record;
    },
    async *list(flowName) {
      const records = [...executions.values()].map(({ record }) => record).reverse();
      for (const record of records) if (flowName === undefined || record.flowName === flowName) yield record;
    },
    async removeAll(flowName) {
      for (const [key, { record }] of executions) if (record.flowName === flowName) executions.delete(key);
    },
    openHistory(key) {
      const { events } = kept(key);
      return { take: (event) => void events.push(event), settled: () => undefined, close: async () => undefined };
    },
    readHistory(key) {
      const { events } = kept(key);
      let read = 0;
      return {
        async next() {
          const fresh = events.slice(read);
          read = events.length;
          return fresh;
        },
      };
    },
    journal(key) {
      const { journal } = kept(key);
      return {
        append: (mapRun, end) => void journal.push({ mapRun, end }),
        async *read(mapRun) {
          for (const entry of journal) if (entry.mapRun === mapRun) yield entry.end;
        },
      };
    },
    openLogs(key) {
      const { logs } = kept(key);
      return { take: (line) => void logs.push(line), close: () => undefined };
    },
    async *readLogs(key) {
      yield* kept(key).logs;
    },
  };
}
