import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { UsageError } from '../../errors.ts';
import { writeWhole } from '../write-whole.ts';

/** Values by name that outlive the process. */
export interface KeptEntries<T> {
  get(name: string): T | undefined;
  values(): T[];
  set(name: string, value: T): Promise<void>;
  delete(name: string): Promise<void>;
}

/**
 * Opens entries kept in a folder, one JSON file each; without a folder they are kept in memory.
 *
 * They are read once: one process writes at a time, and that is the one that serves the API.
 *
 * @throws {UsageError} a file is not what was written; the message names it
 */
export async function openKeptEntries<T>(folder: string | undefined, schema: z.ZodType<T>): Promise<KeptEntries<T>> {
  const entries = new Map<string, T>();
  const entry = z.object({ name: z.string(), value: schema });
  for (const path of folder === undefined ? [] : await filesIn(folder)) {
    const { name, value } = readEntry(entry, path, await readFile(path, 'utf8'));
    entries.set(name, value);
  }
  return {
    get: (name) => entries.get(name),
    values: () => [...entries.values()],
    async set(name, value) {
      // at once, so that of two requests for the same name the later one sees the other
      entries.set(name, value);
      if (folder === undefined) return;
      await mkdir(folder, { recursive: true });
      await writeWhole(join(folder, fileName(name)), { name, value });
    },
    async delete(name) {
      if (folder !== undefined) await rm(join(folder, fileName(name)), { force: true });
      entries.delete(name);
    },
  };
}

/** The name where every file system takes it, a digest where not; names that differ in case only must not meet. */
function fileName(name: string): string {
  if (/^[a-z0-9_-]{1,100}$/.test(name)) return `${name}.json`;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${name.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 80)}.${digest}.json`;
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => name.endsWith('.json')).map((name) => join(folder, name));
}

function readEntry<T>(entry: z.ZodType<T>, path: string, text: string): T {
  try {
    return entry.parse(JSON.parse(text));
  } catch (error) {
    throw new UsageError(`the file '${path}' does not hold what was kept in it`, {
      cause: error,
      hint: 'put it right, or delete it to forget what it kept',
    });
  }
}
