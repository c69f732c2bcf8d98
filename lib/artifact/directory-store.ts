import { constants } from 'node:fs';
import { copyFile, open, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Clock, systemClock } from '../clock.ts';
import type { ArtifactStore, StoredObject } from './artifact-store.ts';
import { keysBelow } from './directory-listing.ts';
import { directoryWriter } from './directory-writer.ts';
import { isAbsence, storeError } from './file-error.ts';
import { etagOf } from './file-etag.ts';
import { ObjectNotFoundError, StoreRefusedError } from './store-errors.ts';
import { checkedKey, checkedPrefix } from './store-key.ts';

/** A store in a folder of this machine, which is made with the first write. Safe for many processes at once. */
export function directoryStore(folder: string, clock: Clock = systemClock): ArtifactStore {
  const root = resolve(folder);
  const writer = directoryWriter(root, clock);
  const pathOf = (key: string) => join(root, checkedKey(key));
  const cloneTo = (path: string, temp: string) => copyFile(path, temp, constants.COPYFILE_FICLONE);

  return {
    url: pathToFileURL(root).href,
    head: (key) => headOf(root, key, pathOf(key)),
    read: (key) => orNotFound({ root, key }, () => readWhole(pathOf(key))),
    write: (key, body, condition) => writer.put(key, (temp) => writeFile(temp, body), condition),
    upload: (key, filePath, condition) => writer.put(key, (temp) => cloneTo(filePath, temp), condition),
    async writeAll(objects) {
      await writer.putAll(objects);
    },
    download: (key, filePath) => orNotFound({ root, key }, () => cloneTo(pathOf(key), filePath)),
    async copy(fromKey, toKey) {
      const from = pathOf(fromKey);
      await writer.put(toKey, (temp) => orNotFound({ root, key: fromKey }, () => cloneTo(from, temp)));
    },
    async *list(prefix) {
      await checkRoot(root);
      for await (const key of keysBelow(root, checkedPrefix(prefix))) {
        const object = await headOf(root, key, join(root, key));
        if (object) yield object;
      }
    },
    remove: (keys) => writer.remove(keys),
  };
}

async function headOf(root: string, key: string, path: string): Promise<StoredObject | undefined> {
  try {
    const stats = await stat(path, { bigint: true });
    if (!stats.isFile()) return undefined;
    return { key, sizeBytes: Number(stats.size), etag: etagOf(stats), lastModified: stats.mtime };
  } catch (error) {
    if (!isAbsence(error)) throw storeError(error, `read ${path}`);
    await checkRoot(root);
    return undefined;
  }
}

/** One open file is one version, whatever is renamed over its name while it is read. */
async function readWhole(path: string): Promise<{ bytes: Uint8Array; etag: string }> {
  const handle = await open(path, 'r');
  try {
    const etag = etagOf(await handle.stat({ bigint: true }));
    return { bytes: await handle.readFile(), etag };
  } finally {
    await handle.close();
  }
}

/** Reads a key's file; a missing one is the store's answer, anything else that is missing the caller's mistake. */
async function orNotFound<T>(at: { root: string; key: string }, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const path = join(at.root, at.key);
    if (!isAbsence(error)) throw storeError(error, `read '${at.key}' in ${at.root}`);
    if (await headOf(at.root, at.key, path)) throw error;
    throw new ObjectNotFoundError(`nothing is stored under '${at.key}' in ${at.root}`, { cause: error });
  }
}

/** A folder that does not exist yet is an empty store; anything else in its place is a mistake worth a sentence. */
async function checkRoot(root: string): Promise<void> {
  const stats = await stat(root).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw storeError(error, `read the store ${root}`);
  });
  if (stats && !stats.isDirectory()) throw new StoreRefusedError(`the store ${root} is a file; it must be a folder`);
}
