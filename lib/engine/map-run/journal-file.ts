import { appendFileSync } from 'node:fs';
import { readJsonLines } from '../json-lines.ts';
import { keepWholeLines } from '../whole-lines.ts';
import type { ChildEnd, MapRunJournal } from './journal.ts';

/**
 * A journal as one file of JSON lines, for all Map Runs of an execution.
 *
 * A line is written when its child has ended, before another takes its place: a killed process repeats at most the
 * children that were running. Reading changes nothing, so that another process can look on.
 */
export function journalFile(path: string): MapRunJournal {
  let isWhole = false;
  return {
    append(mapRun, end) {
      if (!isWhole) keepWholeLines(path);
      isWhole = true;
      appendFileSync(path, `${JSON.stringify({ mapRun, ...end })}\n`);
    },
    async *read(mapRun) {
      for await (const { mapRun: of, ...end } of readJsonLines<ChildEnd & { mapRun: string }>(path)) {
        if (of === mapRun) yield end;
      }
    },
  };
}
