import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Returns when the content of a file, or the entries of a folder, would survive a power cut. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the folder and those above it; the answer lists every folder whose entries changed, deepest first. */
export function makeFolder(path: string): string[] {
  const firstMade = mkdirSync(path, { recursive: true });
  if (firstMade === undefined) return [];
  const changed: string[] = [];
  for (let folder = path; folder.length >= firstMade.length; folder = dirname(folder)) changed.push(dirname(folder));
  return changed;
}
