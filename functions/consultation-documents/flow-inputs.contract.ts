import * as z from 'zod';
import { consultationDocumentTexts } from './consultation-document-texts.contract.ts';
import { consultationDocumentsLineage } from './consultation-documents-lineage.contract.ts';
import { consultationDocumentsPreprocessed } from './consultation-documents-preprocessed.contract.ts';
import { consultationDocumentsQuarantine } from './consultation-documents-quarantine.contract.ts';

const flag = z.boolean('write true or false, without quotes');

function whole(low: number, high: number) {
  const message = `write a whole number from ${low} to ${high}`;
  return z.int(message).min(low, message).max(high, message);
}

const percentageText = 'write a percentage from 0 to 100';

/** What an execution of `preprocess-consultation-documents` accepts. */
export const preprocessConsultationDocumentsInput = z.strictObject({
  /** Reproduces the original's rules, to compare old and new tables. */
  compat: flag.optional(),
  /** Takes texts of earlier runs; false extracts every file again. @default true */
  bootstrap: flag.optional(),
  /** Tries files again that could not be read by the same extractor before. @default false */
  retryFailed: flag.optional(),
  /** Batches that are extracted at the same time. @default 4 */
  concurrency: whole(1, 100).optional(),
  /** Share of batches that may fail before the run does. @default 5 */
  toleratedFailurePercentage: z.number(percentageText).min(0, percentageText).max(100, percentageText).optional(),
  /** Most files of one batch. @default 50 */
  filesPerBatch: whole(1, 500).optional(),
  accept: z
    .strictObject({
      artifact: z.enum([
        consultationDocumentsPreprocessed.name,
        consultationDocumentTexts.name,
        consultationDocumentsQuarantine.name,
        consultationDocumentsLineage.name,
      ]),
      version: z.string().regex(/^\d{8}T\d{6}Z-[\w-]+$/, "write a version as 'flow artifact <name>' lists them"),
    })
    .optional(),
});
