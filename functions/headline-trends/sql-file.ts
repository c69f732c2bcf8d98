import { readFile } from 'node:fs/promises';

/** The text of an SQL file, by its path below this group's folder; on AWS it lies beside the task's code. */
export async function sqlFile(path: string): Promise<string> {
  return await readFile(new URL(path, import.meta.url), 'utf8');
}
