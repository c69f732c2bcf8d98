import * as z from 'zod';
import type { ArtifactContract } from '../../lib/contract.ts';
import { columnsOf, rulesOf } from './schema-columns.ts';
import { tableKeeping } from './table-keeping.contract.ts';

/** How the extraction of one file ended. */
export const extractionStatuses = [
  'extracted',
  'empty_text',
  'no_text_layer',
  'encrypted',
  'corrupt',
  'empty_file',
  'not_pdf',
  'unsupported_type',
  'too_large',
  'timed_out',
  'out_of_memory',
  'crashed',
  'missing_file',
] as const;

/** What came of extracting the text of one document's file; kept, so that the same file is not extracted again. */
export const documentTextSchema = z.object({
  document_uuid: z.string(),
  stored_file_hash: z.string(),
  status: z.enum(extractionStatuses),
  /** Null unless there is one. */
  content: z.string().nullable(),
  /** Why there is none, in the extractor's words. */
  detail: z.string().nullable(),
  pages: z.int().nullable(),
  non_empty_pages: z.int().nullable(),
  /** Name and version, such as `unpdf 1.8.1`. */
  extractor: z.string(),
  /** The execution that extracted it. */
  run_id: z.string(),
});

export type DocumentText = z.infer<typeof documentTextSchema>;

/**
 * The text cache, keyed by document and file hash: a new version of a file is another key.
 *
 * @see the specification of consultation-documents, section 9, points 1 and 2
 */
export const consultationDocumentTexts: ArtifactContract = {
  name: 'consultation-document-texts',
  description: 'Text extracted from each document’s file, or why there is none',
  columns: columnsOf(documentTextSchema),
  key: { columns: ['document_uuid', 'stored_file_hash'], onDuplicate: 'fail' },
  rules: [
    ...rulesOf(documentTextSchema),
    { name: 'an extracted text is not null', holds: "status <> 'extracted' OR content IS NOT NULL", onFailure: 'fail' },
  ],
  // files that the platform no longer has leave the cache
  minRowsRatio: 0,
  keeps: tableKeeping,
};
