import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ArtifactStore } from '../../artifact/artifact-store.ts';
import type { ObjectStore } from './object-store.ts';

/**
 * The buckets of a laptop's distributed Maps: one store stands for all of them, and keys are its keys.
 *
 * What is written goes through a file, so that it is never held whole and appears in the store only when complete.
 */
export function objectsInStore(store: ArtifactStore): ObjectStore {
  return {
    async *read(_bucket, key) {
      yield (await store.read(key)).bytes;
    },
    list: (_bucket, prefix) => store.list(prefix),
    async write(_bucket, key, text) {
      const folder = await mkdtemp(join(tmpdir(), 'map-run-'));
      try {
        const path = join(folder, 'object');
        await pipeline(text, createWriteStream(path));
        await store.upload(key, path);
        const stored = await store.head(key);
        return { sizeBytes: stored?.sizeBytes ?? 0 };
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}
