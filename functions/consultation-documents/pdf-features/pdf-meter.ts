import { readFile } from 'node:fs/promises';
import type { PdfFeatures } from '../document-features.contract.ts';
import { type JobLimits, openLimitedWorker, serveJobs } from '../text-extraction/limited-worker.ts';
import { measurePdf } from './measure-pdf.ts';

const role = 'measure-pdf';

/** The figures of a file, or why there are none. */
export type Measurement = { readonly features: PdfFeatures } | { readonly problem: string };

serveJobs<string, Measurement>(role, async (file) => {
  try {
    // pdf.js wants an array of its own, not a view of node's pool
    return { features: await measurePdf(new Uint8Array(await readFile(file))) };
  } catch (error) {
    return { problem: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
});

/** Measures PDFs, one after the other, in a thread that is ended when a file takes too long or too much. */
export interface PdfMeter extends AsyncDisposable {
  /** Rejects only when the signal aborts. */
  measure(file: string, signal: AbortSignal): Promise<Measurement>;
}

export function openPdfMeter(limits: JobLimits): PdfMeter {
  const worker = openLimitedWorker<string, Measurement>({ url: import.meta.url, role }, limits);
  return {
    async measure(file, signal) {
      const outcome = await worker.run(file, signal);
      return 'answer' in outcome ? outcome.answer : { problem: `${outcome.ended}: ${outcome.detail}` };
    },
    [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
  };
}
