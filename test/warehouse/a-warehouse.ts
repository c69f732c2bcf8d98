import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { openWarehouse } from '../../lib/warehouse/open-warehouse.ts';
import type { Warehouse } from '../../lib/warehouse/warehouse.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { root } from '../support/source-files.ts';

/** Who waits for nothing and aborts nothing. */
export const noWaiting = { clock: fakeClock({ autoAdvance: true }), signal: new AbortController().signal };

/** Every kind of warehouse that can be tested here: PGlite always, a server when WAREHOUSE_URL names one. */
export const warehouseKinds: readonly { readonly kind: Warehouse['kind'] }[] = [
  { kind: 'PGlite' },
  ...(serverUrl() ? ([{ kind: 'PostgreSQL' }] as const) : []),
];

function serverUrl(): string | undefined {
  return process.env.WAREHOUSE_URL;
}

/** On what flows are tested: a server when there is one, so that each place tests them once. */
const usualKind = warehouseKinds.at(-1)?.kind ?? 'PGlite';

/** The address of an empty warehouse of this kind, which is gone when the test is done with it. */
export async function emptyWarehouse(kind: Warehouse['kind'] = usualKind): Promise<{ url: string } & AsyncDisposable> {
  if (kind === 'PGlite') {
    const url = `memory://${randomUUID()}?from=${encodeURIComponent(await freshDump())}`;
    // open for as long as the test runs, so that what tasks open and close stays
    const held = await openWarehouse(url, noWaiting);
    return { url, [Symbol.asyncDispose]: () => held[Symbol.asyncDispose]() };
  }
  const url = new URL(serverUrl() ?? '');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, [Symbol.asyncDispose]: () => administer(url, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function administer(url: URL, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** An empty database as a file: to copy one is far quicker than to make one. Kept from one test run to the next. */
async function freshDump(): Promise<string> {
  const folder = join(root, 'node_modules/.cache/data-flows');
  const file = join(folder, 'pglite-0.5.16.tar');
  if (existsSync(file)) return file;
  const database = await PGlite.create();
  const dump = await database.dumpDataDir('none');
  await database.close();
  await mkdir(folder, { recursive: true });
  const made = `${file}.${randomUUID()}`;
  await writeFile(made, Buffer.from(await dump.arrayBuffer()));
  await rename(made, file);
  return file;
}
