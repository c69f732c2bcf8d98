import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { consultationDocumentMetadataSchemaV1 } from '../../../functions/consultation-documents/document-schema.ts';
import { normaliseRecord } from '../../../functions/consultation-documents/normalise-record.ts';
import type { Row } from '../../../lib/table/cell.ts';
import { tag } from './api-records.ts';
import { hasSharedData, realRows } from './shared-data.ts';

/** A row of November 2024 as the API of today would answer it: identifiers renamed, topics in one text. */
function asApiRecord(row: Row): unknown {
  const { consultation_id, document_id, organisation_id, consultation_topics, consultation_reviewed_at, ...fields } =
    row;
  const printed = [...String(consultation_topics).matchAll(/'([^']+)'/g)].map((match) => match[1]);
  return {
    ...fields,
    consultation_identifier: String(consultation_id),
    document_uuid: String(document_id),
    organisation_uuid: String(organisation_id),
    consultation_topics: printed.join(','),
    consultation_description: fields.consultation_description ?? '',
    consultation_internal_tags: consultation_reviewed_at
      ? [tag('topics_reviewed', String(consultation_reviewed_at))]
      : null,
    document_publication_date: null,
    latest_stored_file_uuid: null,
  };
}

describe.skipIf(!hasSharedData)('11.3 the 115 real documents of November 2024', () => {
  it('have the 21 columns of the metadata schema, with values of its vocabularies', async () => {
    const rows = await realRows(tmpdir(), 'sample_document_metadata_2024-11.csv');
    const outcomes = rows.map((row) => normaliseRecord(asApiRecord(row), false));
    const documents = outcomes.flatMap((outcome) => ('document' in outcome ? [outcome.document] : []));
    const problems = documents.flatMap((document) => {
      const parsed = consultationDocumentMetadataSchemaV1.safeParse(document);
      return parsed.success ? [] : [`${document.document_uuid}: ${parsed.error.message}`];
    });

    expect(documents).toHaveLength(115);
    expect(Object.keys(consultationDocumentMetadataSchemaV1.shape)).toHaveLength(21);
    expect(problems).toEqual([]);
    expect(documents.map(({ document_source }) => document_source)).toEqual(rows.map((row) => row.document_source));
  });
});
