import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { UsageError } from '../errors.ts';
import type { Waiting } from './pglite-folder.ts';
import type { Warehouse } from './warehouse.ts';

interface Opened {
  readonly database: Promise<{ database: PGlite; close: () => Promise<void> }>;
  users: number;
  /** Stops the waiting for a next user. */
  linger?: AbortController;
}

/** Embedded warehouses that this process has open, by address. */
const opened = new Map<string, Opened>();

/** How long one stays open for the next task, since opening takes a good second; other processes wait meanwhile. */
const lingerMs = 5_000;

/**
 * Opens the warehouse at an address; drivers are loaded when they are needed.
 *
 * | address | is |
 * |---|---|
 * | `file:///home/me/.flow/warehouse` | PGlite in that folder, made when it is not there |
 * | `memory://name` | PGlite in memory, for as long as someone in this process has it open; with `?from=` and a file, it begins as what `dumpDataDir` wrote there |
 * | `postgres://user:password@host/database` | a server |
 *
 * @throws {UsageError} the address is none of these; the message does not repeat it, because it may hold a password
 */
export async function openWarehouse(url: string, waiting: Waiting): Promise<Warehouse> {
  const protocol = URL.parse(url)?.protocol;
  if (protocol === 'file:' || protocol === 'memory:') return await openEmbedded(url, waiting);
  if (protocol === 'postgres:' || protocol === 'postgresql:') {
    const { postgresWarehouse } = await import('./postgres-warehouse.ts');
    return postgresWarehouse(url, waiting);
  }
  throw new UsageError(
    "WAREHOUSE_URL is no address of a warehouse; it must begin with 'file://' (embedded) or 'postgres://' (a server)",
  );
}

/** Closes the embedded warehouses that nobody uses any more, at once: for a process that is about to end. */
export async function closeUnusedWarehouses(): Promise<void> {
  await Promise.all([...opened].map(async ([url, one]) => one.users === 0 && (await closeNow(url, one))));
}

/** One database per address and process, closed when it has been without users for a while. */
async function openEmbedded(url: string, waiting: Waiting): Promise<Warehouse> {
  const one = opened.get(url) ?? { database: openDatabase(url, waiting), users: 0 };
  opened.set(url, one);
  one.users += 1;
  one.linger?.abort();
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    one.users -= 1;
    if (one.users > 0) return;
    if (url.startsWith('memory:')) await closeNow(url, one);
    else void linger(url, one, waiting);
  };
  try {
    const { pgliteWarehouse } = await import('./pglite-warehouse.ts');
    const { database } = await one.database;
    return pgliteWarehouse(database, { signal: waiting.signal, close });
  } catch (error) {
    opened.delete(url);
    throw error;
  }
}

async function linger(url: string, one: Opened, { clock }: Waiting): Promise<void> {
  one.linger = new AbortController();
  const isUnused = await clock.sleep(lingerMs, one.linger.signal).then(
    () => true,
    () => false,
  );
  if (isUnused) await closeNow(url, one);
}

async function closeNow(url: string, one: Opened): Promise<void> {
  if (opened.get(url) !== one) return;
  opened.delete(url);
  one.linger?.abort();
  await (await one.database).close();
}

async function openDatabase(url: string, waiting: Waiting) {
  if (URL.parse(url)?.protocol === 'file:') {
    const { openPgliteFolder } = await import('./pglite-folder.ts');
    return await openPgliteFolder(fileURLToPath(url), waiting);
  }
  const { openPglite } = await import('./pglite-warehouse.ts');
  const dumpFile = new URL(url).searchParams.get('from');
  const database = await openPglite(dumpFile === null ? {} : { loadDataDir: new Blob([await readFile(dumpFile)]) });
  return { database, close: () => database.close() };
}
