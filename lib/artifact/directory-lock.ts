import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { StoreRefusedError, StoreUnavailableError } from './store-errors.ts';

/** Runs a short, synchronous action while no other thread or process does so under the same folder. */
export type DirectoryLock = <T>(action: () => T) => T;

const longestWaitMs = 30_000;

/**
 * A lock across processes that no crash can leave behind.
 *
 * Rename cannot compare first, and a lock *file* outlives the process that was killed holding it. SQLite's write lock
 * is the operating system's lock on an open file: gone with its process, waited for with a bound, part of Node, and
 * about 10 µs when nobody else wants it. Nothing is ever stored in the database.
 */
export async function openDirectoryLock(folder: string): Promise<DirectoryLock> {
  const database = await openDatabase(join(folder, 'lock.sqlite'));
  return (action) => {
    begin(database, folder);
    try {
      return action();
    } finally {
      database.exec('COMMIT');
    }
  };
}

async function openDatabase(path: string): Promise<DatabaseSync> {
  // loaded with the first write, because readers and Lambdas never need it
  const { DatabaseSync } = await import('node:sqlite');
  try {
    return new DatabaseSync(path, { timeout: longestWaitMs });
  } catch (cause) {
    throw new StoreRefusedError(`the lock ${path} cannot be opened`, { cause });
  }
}

const sqliteBusy = 5;

function begin(database: DatabaseSync, folder: string): void {
  try {
    database.exec('BEGIN IMMEDIATE');
  } catch (cause) {
    if (cause instanceof Error && 'errcode' in cause && cause.errcode === sqliteBusy) {
      throw new StoreUnavailableError(`the lock in ${folder} was not free within ${longestWaitMs / 1000} s`, { cause });
    }
    throw new StoreRefusedError(`the lock in ${folder} cannot be taken`, { cause });
  }
}
