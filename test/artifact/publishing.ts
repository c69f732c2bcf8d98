import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { listArtifacts, listVersions } from '../../lib/artifact/catalog.ts';
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

/** What a reader of the store could hold against it; empty when all is well. */
export async function complaintsAbout(store: ArtifactStore): Promise<string[]> {
  const complaints: string[] = [];
  for (const pointer of await listArtifacts(store)) {
    const versions = await listVersions(store, pointer.name);
    const latest = versions.find((version) => version.isLatest);
    if (latest?.manifest.sha256 !== pointer.sha256) complaints.push(`${pointer.name}: the pointer leads nowhere`);
    for (const { manifest } of versions) {
      const key = `artifacts/${pointer.name}/${manifest.version}/data.parquet`;
      if ((await sha256Of(store, key)) !== manifest.sha256) complaints.push(`${key} is not what its manifest says`);
    }
    const copy = await sha256Of(store, `artifacts/${pointer.name}-latest.parquet`);
    const mayBe = versions
      .filter(({ manifest }) => [pointer.version, pointer.previousVersion].includes(manifest.version))
      .map(({ manifest }): string | undefined => manifest.sha256);
    if (pointer.previousVersion === null) mayBe.push(undefined);
    if (!mayBe.includes(copy))
      complaints.push(`${pointer.name}: the plain copy is neither the old nor the new version`);
  }
  for await (const { key } of store.list('')) {
    if (!knownKey.test(key)) complaints.push(`${key} is not a key that this project writes`);
  }
  return complaints;
}

const knownKey =
  /^(artifacts\/[a-z0-9_-]+(-latest\.parquet|\/(latest|announced)\.json|\/\d{8}T\d{6}Z-[\w-]+\/(data\.parquet|manifest\.json))|(rejected|results)\/.*)$/;

async function sha256Of(store: ArtifactStore, key: string): Promise<string | undefined> {
  if (!(await store.head(key))) return undefined;
  const { bytes } = await store.read(key);
  return Buffer.from(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))).toString('hex');
}
