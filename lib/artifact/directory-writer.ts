import { randomUUID } from 'node:crypto';
import {
  type BigIntStats,
  existsSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { NewObject, WriteCondition } from './artifact-store.ts';
import { type DirectoryLock, openDirectoryLock } from './directory-lock.ts';
import { makeFolder, syncToDisk } from './durable-file.ts';
import { isAbsence, storeError } from './file-error.ts';
import { etagOf } from './file-etag.ts';
import { ConditionFailedError } from './store-errors.ts';
import { checkedKey } from './store-key.ts';

const abandonedAfterMs = 3_600_000;

/** The writing half of a directory store: whole files appear by rename, under one lock for all processes. */
export interface DirectoryWriter {
  /** Lets `fill` make the temporary file, then puts it in the key's place when the condition holds. */
  put(key: string, fill: (tempFile: string) => Promise<void>, condition?: WriteCondition): Promise<{ etag: string }>;
  /** Writes straight into place, without a lock and without waiting for the disk. */
  putAll(objects: Iterable<NewObject>): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
}

/**
 * A writer into `root`. Temporary files lie in `root/.tmp`, on the same file system as their destination and outside
 * of every listing; those that a killed process left are swept by the first write of a later one.
 */
export function directoryWriter(root: string, clock: Clock): DirectoryWriter {
  const tempFolder = join(root, '.tmp');
  let opening: Promise<DirectoryLock> | undefined;
  const lock = () => {
    opening ??= prepare(tempFolder, clock).catch((error: unknown) => {
      opening = undefined;
      throw storeError(error, `write to the store ${root}`);
    });
    return opening;
  };

  return {
    async put(key, fill, condition) {
      const target = join(root, checkedKey(key));
      const locked = await lock();
      const temp = join(tempFolder, randomUUID());
      try {
        await fill(temp);
        await syncToDisk(temp);
        const { etag, changedFolders } = locked(() => moveInto(target, temp, condition));
        for (const folder of changedFolders) await syncToDisk(folder);
        return { etag };
      } catch (error) {
        rmSync(temp, { force: true });
        // someone removed the whole store: the next write makes it anew
        if (!existsSync(tempFolder)) opening = undefined;
        throw storeError(error, `write '${key}' to the store ${root}`);
      }
    },
    async putAll(objects) {
      await lock();
      const madeFolders = new Set<string>();
      for (const { key, body } of objects) {
        const target = join(root, checkedKey(key));
        try {
          if (!madeFolders.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
          madeFolders.add(dirname(target));
          // at once and not through the thread pool: for a small file, handing over takes longer than writing
          writeFileSync(target, body);
        } catch (error) {
          throw storeError(error, `write '${key}' to the store ${root}`);
        }
      }
    },
    async remove(keys) {
      const targets = keys.map((key) => join(root, checkedKey(key)));
      const locked = await lock();
      for (const target of targets) locked(() => removeFile(target, root));
    },
  };
}

async function prepare(tempFolder: string, clock: Clock): Promise<DirectoryLock> {
  for (const folder of makeFolder(tempFolder)) await syncToDisk(folder);
  const lock = await openDirectoryLock(tempFolder);
  await sweep(tempFolder, clock.now() - abandonedAfterMs);
  return lock;
}

async function sweep(tempFolder: string, untilMs: number): Promise<void> {
  for (const name of await readdir(tempFolder)) {
    if (name.startsWith('lock.')) continue;
    const path = join(tempFolder, name);
    if (await isOlder(path, untilMs)) await rm(path, { force: true });
  }
}

async function isOlder(path: string, untilMs: number): Promise<boolean> {
  try {
    return (await stat(path)).mtimeMs < untilMs;
  } catch (error) {
    if (isAbsence(error)) return false; // its writer has finished meanwhile
    throw error;
  }
}

/** Runs under the lock: nothing may change between the look at what is there and the rename over it. */
function moveInto(target: string, temp: string, condition?: WriteCondition) {
  const before = statOf(target);
  checkCondition(target, before, condition);
  const madeFolders = makeFolder(dirname(target));
  if (before) keepTimesRising(temp, before);
  const etag = etagOf(statSync(temp, { bigint: true }));
  renameSync(temp, target);
  return { etag, changedFolders: [dirname(target), ...madeFolders] };
}

function checkCondition(target: string, before: BigIntStats | undefined, condition?: WriteCondition): void {
  if (!condition) return;
  if ('ifAbsent' in condition && before) throw new ConditionFailedError(`${target} exists already`);
  if ('ifMatch' in condition && (!before || etagOf(before) !== condition.ifMatch)) {
    throw new ConditionFailedError(`${target} is not the object that was seen before; another writer was faster`);
  }
}

/** File systems stamp times a few milliseconds coarse; without this, quick writes could share an etag. */
function keepTimesRising(temp: string, before: BigIntStats): void {
  const { mtimeNs } = statSync(temp, { bigint: true });
  if (mtimeNs > before.mtimeNs) return;
  const laterSeconds = Number(before.mtimeNs / 1000n + 10n) / 1e6;
  utimesSync(temp, laterSeconds, laterSeconds);
}

function removeFile(target: string, root: string): void {
  try {
    if (!statOf(target)) return;
    unlinkSync(target);
  } catch (error) {
    throw storeError(error, `remove ${target}`);
  }
  for (let folder = dirname(target); folder !== root; folder = dirname(folder)) {
    if (!removeEmptyFolder(folder)) return;
  }
}

function removeEmptyFolder(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY') return false;
    throw storeError(error, `remove the empty folder ${folder}`);
  }
}

function statOf(path: string): BigIntStats | undefined {
  try {
    const stats = statSync(path, { bigint: true });
    return stats.isFile() ? stats : undefined;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}
