import { open, rename } from 'node:fs/promises';

let written = 0;

/** Writes a JSON file in one piece: readers see the old one or the new one, also after a crash. */
export async function writeWhole(path: string, content: unknown): Promise<void> {
  written += 1;
  const temporary = `${path}.${process.pid}-${written}.tmp`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(`${JSON.stringify(content, undefined, 2)}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
