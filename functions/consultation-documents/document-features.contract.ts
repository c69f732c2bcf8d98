import * as z from 'zod';
import type { ArtifactContract } from '../../lib/contract.ts';
import { columnsOf, rulesOf } from './schema-columns.ts';
import { tableKeeping } from './table-keeping.contract.ts';

/** What a PDF looks like; counts of a very long one are null. */
export const documentFeaturesSchema = z.object({
  document_uuid: z.string(),
  stored_file_hash: z.string(),
  contains_table_on_first_page: z.boolean(),
  count_pages: z.int(),
  count_tables: z.int().nullable(),
  count_pages_containing_tables: z.int().nullable(),
  count_images: z.int().nullable(),
  count_pages_containing_images: z.int().nullable(),
  /** Mean of width by height: 0.707 for A4 upright. */
  average_page_aspect_ratio: z.number().nullable(),
});

/** The figures of one PDF, whichever documents it serves. */
export type PdfFeatures = Omit<z.infer<typeof documentFeaturesSchema>, 'document_uuid' | 'stored_file_hash'>;

/** @see the specification of consultation-documents, section 7.1 */
export const documentFeatures: ArtifactContract = {
  name: 'consultation-documents-features',
  description: 'Pages, tables, images and format of each document’s PDF, by version of the file',
  columns: columnsOf(documentFeaturesSchema),
  key: { columns: ['document_uuid', 'stored_file_hash'], onDuplicate: 'fail' },
  rules: [
    ...rulesOf(documentFeaturesSchema),
    { name: 'has a page', holds: 'count_pages > 0', onFailure: 'fail' },
    {
      name: 'no more pages with tables or images than pages',
      holds:
        'greatest(coalesce(count_pages_containing_tables, 0), coalesce(count_pages_containing_images, 0)) <= count_pages',
      onFailure: 'fail',
    },
  ],
  minRowsRatio: 1,
  keeps: tableKeeping,
};
