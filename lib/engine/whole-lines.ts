import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

/** How far back from the end of a file the last line break is looked for at a time. */
const chunkBytes = 65_536;

/**
 * Cuts off a last line that was never finished, because its process was killed while it wrote; what is appended then
 * starts on a line of its own. A file that is not there stays so.
 */
export function keepWholeLines(path: string): void {
  const file = openIfThere(path);
  if (file === undefined) return;
  try {
    const { size } = fstatSync(file);
    const end = endOfLastLine(file, size);
    if (end < size) ftruncateSync(file, end);
  } finally {
    closeSync(file);
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r+');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function endOfLastLine(file: number, size: number): number {
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - chunkBytes);
    const chunk = Buffer.alloc(end - start);
    readSync(file, chunk, 0, chunk.length, start);
    const lineBreak = chunk.lastIndexOf(0x0a);
    if (lineBreak >= 0) return start + lineBreak + 1;
    end = start;
  }
  return 0;
}
