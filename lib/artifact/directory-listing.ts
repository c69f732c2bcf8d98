import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsence } from './file-error.ts';

/**
 * The keys of all files below `root` that start with `prefix`, in the order a bucket would list them.
 *
 * Names that start with a dot at the top are the store's own and not listed. What vanishes meanwhile is passed over.
 */
export async function* keysBelow(root: string, prefix: string): AsyncGenerator<string> {
  yield* walk(root, prefix.slice(0, prefix.lastIndexOf('/') + 1), prefix);
}

async function* walk(root: string, folderKey: string, prefix: string): AsyncGenerator<string> {
  for (const name of await namesIn(join(root, folderKey))) {
    const key = folderKey + name;
    if (key.startsWith('.')) continue;
    if (!key.endsWith('/')) {
      if (key.startsWith(prefix)) yield key;
    } else if (key.startsWith(prefix) || prefix.startsWith(key)) {
      yield* walk(root, key, prefix);
    }
  }
}

/** Folders carry their slash before sorting, because keys sort with it: `a-b` comes before `a/b`. */
async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown): Dirent[] => {
    if (isAbsence(error)) return [];
    throw error;
  });
  return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
}
