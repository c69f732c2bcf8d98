import { createReadStream } from 'node:fs';

/**
 * The values of a file of JSON lines, one at a time, so that a large file never lies in memory; none where there is no
 * file. A last line that is still being written is left out.
 */
export async function* readJsonLines<T>(path: string): AsyncGenerator<T> {
  let unfinished = '';
  try {
    for await (const text of createReadStream(path, { encoding: 'utf8' })) {
      const lines = `${unfinished}${text}`.split('\n');
      unfinished = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
