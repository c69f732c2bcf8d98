import type { ObjectStore } from '../../lib/engine/map-run/object-store.ts';

/** Buckets in memory: what is written can be read, and what was put in by the test. */
export function memoryObjects(
  buckets: Record<string, Record<string, string | Uint8Array>>,
): ObjectStore & { text(bucket: string, key: string): string } {
  const objectOf = (bucket: string, key: string) => {
    const object = buckets[bucket]?.[key];
    if (object === undefined) throw new Error(`there is no object s3://${bucket}/${key}`);
    return object;
  };
  return {
    text: (bucket, key) => String(objectOf(bucket, key)),
    async *read(bucket, key) {
      const bytes = Buffer.from(objectOf(bucket, key));
      // in small pieces, so that whatever reads them must put characters and lines together again
      for (let start = 0; start < bytes.length; start += 7) yield bytes.subarray(start, start + 7);
    },
    async *list(bucket, prefix) {
      for (const [key, object] of Object.entries(buckets[bucket] ?? {})) {
        if (!key.startsWith(prefix)) continue;
        yield { key, sizeBytes: object.length, etag: `"${key}"`, lastModified: new Date('2026-01-01T00:00:00Z') };
      }
    },
    async write(bucket, key, text) {
      let whole = '';
      for await (const piece of text) whole += piece;
      buckets[bucket] = { ...buckets[bucket], [key]: whole };
      return { sizeBytes: whole.length };
    },
  };
}
