import * as z from 'zod';
import type { ArtifactContract } from '../../lib/contract.ts';
import { columnsOf, rulesOf } from './schema-columns.ts';
import { tableKeeping } from './table-keeping.contract.ts';

/** Where the text and the language of one row of the dataset come from. */
export const lineageSchema = z.object({
  document_uuid: z.string(),
  /** `cache`: taken over from a dataset that does not say how it was made. */
  content_source: z.enum(['api', 'cache', 'extracted', 'ocr']),
  /** The execution that first had this text. */
  content_run_id: z.string(),
  content_sha256: z.string(),
  extractor: z.string().nullable(),
  /** `no_text_layer`: so little text that the file is probably a scan. */
  extraction_status: z.string().nullable(),
  /** The file's hash: documents with the same one are the same file. */
  duplicate_group: z.string().nullable(),
  /** As the platform said. */
  api_language: z.string(),
  /** Null where no language was detected: federal documents keep the platform's. */
  detected_language: z.string().nullable(),
  /** How far the detected language is ahead of the next likely one (0 to 1); null where none was detected. */
  language_lead: z.number().nullable(),
  /** Whether the platform's language was kept because the detection was not sure of itself. */
  is_language_uncertain: z.boolean(),
});

export type Lineage = z.infer<typeof lineageSchema>;

/** @see the specification of consultation-documents, section 9, points 8, 19 and 20 */
export const consultationDocumentsLineage: ArtifactContract = {
  name: 'consultation-documents-lineage',
  description: 'Where the text and the language of each row of the dataset come from',
  columns: columnsOf(lineageSchema),
  key: { columns: ['document_uuid'], onDuplicate: 'fail' },
  rules: rulesOf(lineageSchema),
  minRowsRatio: 0.9,
  keeps: tableKeeping,
};
