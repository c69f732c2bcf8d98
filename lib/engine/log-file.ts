import { closeSync, openSync, writeSync } from 'node:fs';
import type { LogLine } from '../execution/executions.ts';
import type { LogSink } from './execution-store.ts';
import { keepWholeLines } from './whole-lines.ts';

/**
 * Appends log lines to a file, one JSON line each; the first line makes it.
 *
 * Each is written at once: the last ones are those that matter when the process is killed.
 */
export function appendLogs(path: string): LogSink {
  let file: number | undefined;
  const open = () => {
    keepWholeLines(path);
    return openSync(path, 'a');
  };
  return {
    take(line: LogLine) {
      file ??= open();
      writeSync(file, `${JSON.stringify(line)}\n`);
    },
    close() {
      if (file !== undefined) closeSync(file);
    },
  };
}
