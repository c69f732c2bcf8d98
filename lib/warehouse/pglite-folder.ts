import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { PGlite } from '@electric-sql/pglite';
import type { Clock } from '../clock.ts';
import { openPglite } from './pglite-warehouse.ts';
import { WarehouseUnavailableError } from './warehouse-errors.ts';

/** Who wants in, and how long they may wait. */
export interface Waiting {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const longestWaitMs = 120_000;
const pauseMs = 100;

/**
 * Opens the embedded warehouse of a folder for this process alone, making it when it is not there.
 *
 * Two processes on one data folder would destroy it. The lock is SQLite's on an open file: gone with its process
 * however that ends, so no crash can leave it behind.
 *
 * @throws {WarehouseUnavailableError} another process kept it longer than two minutes
 */
export async function openPgliteFolder(
  folder: string,
  waiting: Waiting,
): Promise<{ database: PGlite; close: () => Promise<void> }> {
  await mkdir(folder, { recursive: true });
  const lock = await takeLock(folder, waiting);
  try {
    const dataDir = await makeDataFolder(folder);
    const database = await openPglite({ dataDir });
    const close = async () => {
      await database.close();
      lock.close();
    };
    return { database, close };
  } catch (error) {
    lock.close();
    throw error;
  }
}

async function takeLock(folder: string, { clock, signal }: Waiting): Promise<DatabaseSync> {
  // loaded with the first use: a warehouse on a server needs no lock
  const { DatabaseSync } = await import('node:sqlite');
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
  for (let waitedMs = 0; !hasBegun(lock); waitedMs += pauseMs) {
    if (waitedMs >= longestWaitMs) {
      lock.close();
      throw new WarehouseUnavailableError(
        `another process kept the warehouse in ${folder} for more than ${longestWaitMs / 1000} s; wait for it, or stop it`,
      );
    }
    await clock.sleep(pauseMs, signal);
  }
  return lock;
}

const sqliteBusy = 5;

function hasBegun(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return false;
    throw error;
  }
}

/** Made beside its place and moved there, so that a crash while it is made leaves no half of it. */
async function makeDataFolder(folder: string): Promise<string> {
  const dataDir = join(folder, 'data');
  if (existsSync(dataDir)) return dataDir;
  for (const name of await readdir(folder)) {
    if (name.startsWith('new-')) await rm(join(folder, name), { recursive: true });
  }
  const made = join(folder, `new-${randomUUID()}`);
  await (await openPglite({ dataDir: made })).close();
  await rename(made, dataDir);
  return dataDir;
}
