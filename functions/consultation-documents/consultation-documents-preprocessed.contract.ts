import type { ArtifactContract } from '../../lib/contract.ts';
import { fullConsultationDocumentSchemaV1 } from './document-schema.ts';
import { columnsOf, rulesOf } from './schema-columns.ts';
import { tableKeeping } from './table-keeping.contract.ts';

/**
 * The dataset: one row per document, sorted by `document_uuid`, with its text.
 *
 * @see the specification of consultation-documents, sections 4.8 and 5.2
 */
export const consultationDocumentsPreprocessed: ArtifactContract = {
  name: 'consultation-documents-preprocessed',
  description: 'Every document of every Swiss consultation, with its text, topics, type and language',
  columns: columnsOf(fullConsultationDocumentSchemaV1),
  key: { columns: ['document_uuid'], onDuplicate: 'fail' },
  rules: [
    ...rulesOf(fullConsultationDocumentSchemaV1),
    // the original keeps empty texts, and so does a run in compat mode
    { name: 'text is not empty', holds: "document_content_plain <> ''", onFailure: 'warn' },
  ],
  minRowsRatio: 0.9,
  keeps: tableKeeping,
};
