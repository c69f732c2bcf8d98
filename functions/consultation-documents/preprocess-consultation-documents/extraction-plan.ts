import * as z from 'zod';

/** A file to be read, for every document that it serves. */
export const plannedFile = z.object({
  documentUuids: z.array(z.string()).nonempty(),
  path: z.string(),
  hash: z.string(),
  mimeType: z.string(),
});

export type PlannedFile = z.infer<typeof plannedFile>;

/** Files that are read by one call, as they lie in the store. */
export const plannedBatch = z.object({
  /** The execution of the flow; a call inside of a distributed Map knows only its own. */
  runId: z.string(),
  files: z.array(plannedFile),
});

/** What is to be extracted, and where everything lies that is known of the documents. */
export const extractionPlan = z.object({
  /** Documents with `origin`, and the platform's texts. */
  documentsKey: z.string(),
  apiTextsKey: z.string(),
  /** What the keys of batches and of their outcomes begin with. */
  batchesKey: z.string(),
  /** Numbers of the batches, from 1. */
  batches: z.array(z.int().positive()),
  documents: z.int().nonnegative(),
  filesToExtract: z.int().nonnegative(),
  documentsToExtract: z.int().nonnegative(),
  knownTexts: z.int().nonnegative(),
  incompleteFiles: z.int().nonnegative(),
});

export type ExtractionPlan = z.infer<typeof extractionPlan>;

/** Where a batch lies. */
export function batchKey(batchesKey: string, batch: number): string {
  return `${batchesKey}/files/${batchName(batch)}.json`;
}

/** Where the outcomes of a batch lie, as JSON lines; the same for every attempt. */
export function outcomesKey(batchesKey: string, batch: number): string {
  return `${outcomesPrefix(batchesKey)}${batchName(batch)}.jsonl`;
}

export function outcomesPrefix(batchesKey: string): string {
  return `${batchesKey}/texts/`;
}

function batchName(batch: number): string {
  return String(batch).padStart(6, '0');
}
