import { readFile, writeFile } from 'node:fs/promises';
import type { ArtifactStore, StoredObject, WriteCondition } from '../../lib/artifact/artifact-store.ts';
import { ConditionFailedError, ObjectNotFoundError } from '../../lib/artifact/store-errors.ts';
import { checkedKey, checkedPrefix } from '../../lib/artifact/store-key.ts';
import type { Clock } from '../../lib/clock.ts';
import { fakeClock } from './fake-clock.ts';

interface Held {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly lastModified: Date;
}

/** A store in this process's memory that keeps every promise of the port; times come from the clock. */
export function memoryStore(clock: Pick<Clock, 'now'> = fakeClock()): ArtifactStore {
  const objects = new Map<string, Held>();
  let writes = 0;

  function put(key: string, bytes: Uint8Array, condition?: WriteCondition): { etag: string } {
    checkCondition(key, objects.get(checkedKey(key)), condition);
    writes += 1;
    const etag = `w${writes}`;
    objects.set(key, { bytes: Uint8Array.from(bytes), etag, lastModified: new Date(clock.now()) });
    return { etag };
  }

  function held(key: string): Held {
    const found = objects.get(checkedKey(key));
    if (!found) throw new ObjectNotFoundError(`nothing is stored under '${key}' in memory`);
    return found;
  }

  return {
    url: 'memory://',
    async head(key) {
      const found = objects.get(checkedKey(key));
      return found && describe(key, found);
    },
    async read(key) {
      const { bytes, etag } = held(key);
      return { bytes: Uint8Array.from(bytes), etag };
    },
    async write(key, body, condition) {
      return put(key, typeof body === 'string' ? Buffer.from(body) : body, condition);
    },
    async upload(key, filePath, condition) {
      return put(key, await readFile(filePath), condition);
    },
    async writeAll(all) {
      for (const { key, body } of all) put(key, typeof body === 'string' ? Buffer.from(body) : body);
    },
    async download(key, filePath) {
      await writeFile(filePath, held(key).bytes);
    },
    async copy(fromKey, toKey) {
      put(toKey, held(fromKey).bytes);
    },
    async *list(prefix) {
      checkedPrefix(prefix);
      for (const key of [...objects.keys()].sort()) {
        const found = objects.get(key);
        if (found && key.startsWith(prefix)) yield describe(key, found);
      }
    },
    async remove(keys) {
      for (const key of keys) objects.delete(checkedKey(key));
    },
  };
}

function describe(key: string, { bytes, etag, lastModified }: Held): StoredObject {
  return { key, sizeBytes: bytes.byteLength, etag, lastModified };
}

function checkCondition(key: string, before: Held | undefined, condition?: WriteCondition): void {
  if (!condition) return;
  const holds = 'ifAbsent' in condition ? !before : before?.etag === condition.ifMatch;
  if (!holds) throw new ConditionFailedError(`${key} is not what the writer expected`);
}
