import { readFile } from 'node:fs/promises';
import { type Extraction, noText } from './extraction.ts';
import type { FileType } from './file-types.ts';
import { type JobLimits, openLimitedWorker, serveJobs } from './limited-worker.ts';
import { readText } from './read-text.ts';

const role = 'extract-text';

interface ReadJob {
  readonly file: string;
  readonly type: FileType;
}

serveJobs<ReadJob, Extraction>(role, async ({ file, type }) => {
  const bytes = await readFile(file);
  // pdf.js wants an array of its own, not a view of node's pool
  return await readText(new Uint8Array(bytes), type);
});

/** Reads the texts of files, one after the other, in a thread that is ended when a file takes too long or too much. */
export interface TextExtractor extends AsyncDisposable {
  /** Rejects only when the signal aborts: whatever a file does is an outcome. */
  extract(file: string, type: FileType, signal: AbortSignal): Promise<Extraction>;
}

export function openTextExtractor(limits: JobLimits): TextExtractor {
  const worker = openLimitedWorker<ReadJob, Extraction>({ url: import.meta.url, role }, limits);
  return {
    async extract(file, type, signal) {
      const outcome = await worker.run({ file, type }, signal);
      return 'answer' in outcome ? outcome.answer : noText(outcome.ended, outcome.detail, type.extractor);
    },
    [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
  };
}
