import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Publisher } from '../../lib/artifact/publisher.ts';
import { type ArtifactContract, columns } from '../../lib/contract.ts';
import type { FlowEvent } from '../../lib/event/event-bus.ts';
import { openSql } from '../../lib/table/sql.ts';
import { writeParquet } from '../../lib/table/write-parquet.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { memoryStore } from '../support/memory-store.ts';

/** The contract that the publishing tests publish under. */
export const blocks: ArtifactContract = {
  name: 'blocks',
  description: 'Blocks of credits',
  columns: columns({ serial: 'string', quantity: 'int?' }),
  key: { columns: ['serial'], onDuplicate: 'fail' },
  rules: [{ name: 'quantity not negative', holds: 'quantity >= 0', onFailure: 'fail' }],
};

/** A publisher that remembers its events and log lines. */
export interface TestPublisher extends Publisher {
  readonly emitted: FlowEvent[];
  readonly logged: string[];
}

/** A publisher on a fresh store in memory, of an execution started on the given day of November 2026. */
export function aPublisher(options: Partial<Publisher> & { day?: number; emitted?: FlowEvent[] } = {}): TestPublisher {
  const { day = 20, emitted = [] } = options;
  const startedAt = new Date(Date.UTC(2026, 10, day, 6, 15));
  const clock = options.clock ?? fakeClock({ startsAt: startedAt.toISOString() });
  const logged: string[] = [];
  const log = { info: (message: string) => logged.push(message), warn: (message: string) => logged.push(message) };
  return {
    artifacts: memoryStore(clock),
    events: { emit: async (event) => void emitted.push(event) },
    clock,
    log,
    flowName: 'block-data',
    executionName: `run-${day}`,
    executionStartedAt: startedAt,
    codeVersion: 'abc123',
    ...options,
    emitted,
    logged,
  };
}

/** A folder of Parquet files for one test file; removed at the end. */
export async function openTables(): Promise<AsyncDisposable & { of(query: string): Promise<string> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tables-'));
  let files = 0;
  return {
    async of(query) {
      files += 1;
      const file = join(folder, `${files}.parquet`);
      await using sql = await openSql({ workFolder: folder, threads: 1, memoryMiB: 256 });
      await writeParquet(sql, query, file);
      return file;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** `rows` valid blocks; another `edition` has other quantities. */
export function blockRows(rows: number, edition = 1): string {
  return `SELECT 'B' || i AS serial, i * ${edition} AS quantity FROM range(${rows}) t(i)`;
}
