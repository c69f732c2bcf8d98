import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { keepWholeLines } from '../whole-lines.ts';
import type { ChildEnd, MapRunJournal } from './journal.ts';

/**
 * A journal as one file of JSON lines, for all Map Runs of an execution.
 *
 * A line is written when its child has ended, before another takes its place: a killed process repeats at most the
 * children that were running.
 */
export function journalFile(path: string): MapRunJournal {
  keepWholeLines(path);
  return {
    append: (mapRun, end) => appendFileSync(path, `${JSON.stringify({ mapRun, ...end })}\n`),
    async read(mapRun) {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      const lines = text.split('\n').slice(0, -1);
      const entries = lines.map((line): ChildEnd & { mapRun: string } => JSON.parse(line));
      return entries.filter((entry) => entry.mapRun === mapRun).map(({ mapRun: _, ...end }) => end);
    },
  };
}
