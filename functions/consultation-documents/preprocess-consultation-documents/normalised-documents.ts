import * as z from 'zod';
import { type Column, columns } from '../../../lib/contract.ts';
import { consultationDocumentMetadataSchemaV1 } from '../document-schema.ts';
import { columnsOf } from '../schema-columns.ts';

/** Columns of the file of normalised documents: those of the dataset that the API's metadata give, and their place. */
export const normalisedColumns: readonly Column[] = [
  ...columns({ position: 'int' }),
  ...columnsOf(consultationDocumentMetadataSchemaV1),
];

/** Columns of a file of documents that fell out. */
export const droppedColumns: readonly Column[] = columns({
  document_uuid: 'string',
  stage: 'string',
  reason: 'string',
  detail: 'string',
});

/** Where the normalised documents lie, and those that fell out. */
export const normalisedDocuments = z.object({
  key: z.string(),
  droppedKey: z.string(),
  documents: z.int().nonnegative(),
  dropped: z.int().nonnegative(),
});
