import type { ArtifactStore } from '../../../lib/artifact/artifact-store.ts';
import { ObjectNotFoundError } from '../../../lib/artifact/store-errors.ts';

/** The files of a finished run, by the keys of the contract. */
export interface RunFiles {
  /** Undefined when the run has no such file. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Keys that start with `prefix`, in order. */
  list(prefix: string): AsyncIterable<string>;
}

/** Files that lie in a store below a prefix. */
export function runFilesIn(store: Pick<ArtifactStore, 'read' | 'list'>, prefix: string): RunFiles {
  return {
    async read(key) {
      try {
        return (await store.read(`${prefix}/${key}`)).bytes;
      } catch (error) {
        if (error instanceof ObjectNotFoundError) return undefined;
        throw error;
      }
    },
    async *list(keyPrefix) {
      for await (const { key } of store.list(`${prefix}/${keyPrefix}`)) yield key.slice(prefix.length + 1);
    },
  };
}

/** The text of a file; undefined when the run has no such file. */
export async function readText(files: RunFiles, key: string): Promise<string | undefined> {
  const bytes = await files.read(key);
  return bytes && Buffer.from(bytes).toString();
}

/** The newest period that has a file of the given name: the largest number after `prefix`, undefined without any. */
export async function newestPeriod(files: RunFiles, prefix: string): Promise<number | undefined> {
  let newest: number | undefined;
  for await (const key of files.list(prefix)) {
    const period = Number.parseInt(key.slice(prefix.length), 10);
    if (!Number.isNaN(period) && period > (newest ?? -Infinity)) newest = period;
  }
  return newest;
}
