import { createHash } from 'node:crypto';
import type { ObjectStore } from '../../lib/engine/map-run/object-store.ts';
import type { ConformanceCase } from './case.ts';

/** The buckets of a case, in memory; what an execution writes is kept beside what the case brought along. */
export function recordedObjects({ s3 }: ConformanceCase, lastModified: Date): ObjectStore {
  const buckets = new Map(Object.entries(s3).map(([bucket, objects]) => [bucket, new Map(Object.entries(objects))]));
  return {
    async *read(bucket, key) {
      const text = buckets.get(bucket)?.get(key);
      if (text === undefined) throw new Error(`no object '${key}' in bucket '${bucket}'`);
      yield Buffer.from(text);
    },
    async *list(bucket, prefix) {
      for (const [key, text] of buckets.get(bucket) ?? []) {
        const etag = `"${createHash('md5').update(text).digest('hex')}"`;
        if (key.startsWith(prefix)) yield { key, sizeBytes: Buffer.byteLength(text), etag, lastModified };
      }
    },
    async write(bucket, key, pieces) {
      const objects = buckets.get(bucket) ?? new Map<string, string>();
      let text = '';
      for await (const piece of pieces) text += piece;
      buckets.set(bucket, objects.set(key, text));
      return { sizeBytes: Buffer.byteLength(text) };
    },
  };
}
