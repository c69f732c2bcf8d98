import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consultationDocumentsPreprocessed } from '../../../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import { documentEmbeddings } from '../../../../functions/consultation-documents/document-embeddings.contract.ts';
import {
  documentFeatures,
  type PdfFeatures,
} from '../../../../functions/consultation-documents/document-features.contract.ts';
import type { FullConsultationDocument } from '../../../../functions/consultation-documents/document-schema.ts';
import { documentRecordsQuery } from '../../../../functions/consultation-documents/predict-document-types/document-records.ts';
import type { Row } from '../../../../lib/table/cell.ts';
import { openSql } from '../../../../lib/table/sql.ts';
import { aDocument, writeTable } from '../a-dataset.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'records-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const features: PdfFeatures = {
  contains_table_on_first_page: true,
  count_pages: 4,
  count_tables: 1,
  count_pages_containing_tables: 1,
  count_images: 6,
  count_pages_containing_images: 2,
  average_page_aspect_ratio: 0.705,
};

/** The records of one document without a type, and of one with another file than the one that was measured. */
async function recordsOf(document: Partial<FullConsultationDocument>, measured: Partial<PdfFeatures> = {}) {
  const untyped = { document_type: null, document_type_label_source: null, stored_file_hash: 'hash' };
  const sources = {
    preprocessedFile: join(folder, 'dataset.parquet'),
    featuresFile: join(folder, 'features.parquet'),
    embeddingsFile: join(folder, 'embeddings.parquet'),
  };
  const key = { document_uuid: 'document-1', stored_file_hash: 'hash' };
  const vector = { embedding: [0.5], embedding_model: 'm', text_sha256: 'x' };
  await writeTable(
    consultationDocumentsPreprocessed,
    [
      aDocument({ ...untyped, ...document }),
      aDocument({ ...untyped, document_uuid: 'document-2', stored_file_hash: 'newer' }),
    ],
    sources.preprocessedFile,
  );
  await writeTable(
    documentFeatures,
    [
      { ...key, ...features, ...measured },
      { ...key, ...features, document_uuid: 'document-2' },
    ],
    sources.featuresFile,
  );
  await writeTable(
    documentEmbeddings,
    [
      { document_uuid: 'document-1', ...vector },
      { document_uuid: 'document-2', ...vector },
    ],
    sources.embeddingsFile,
  );
  await using sql = await openSql({ workFolder: folder, threads: 1, memoryMiB: 256 });
  return await sql.rows(documentRecordsQuery(sources));
}

describe('what the model of types looks at', () => {
  it('is what the file, the text and the dates of a document say', async () => {
    const records = await recordsOf({
      document_content_plain: 'Synopse\nSehr geehrte Damen und Herren',
      consultation_start_date: '2024-03-01T00:00:00',
      consultation_end_date: '2024-06-01T00:00:00',
      document_publication_date: '2024-03-11T00:00:00',
    });

    expect(records).toEqual([
      {
        document_uuid: 'document-1',
        count_pages: 4,
        contains_table_on_first_page: true,
        average_page_aspect_ratio: 0.705,
        count_images: 6,
        share_of_pages_with_tables: 0.25,
        share_of_pages_with_images: 0.5,
        says_synopse: true,
        has_formal_salutation: true,
        days_from_start_to_publication: 10,
        days_from_end_to_publication: -82,
        consultation_start_seconds: 1_709_251_200,
        is_federal: true,
        embedding: [0.5],
        embedding_model: 'm',
      },
    ]);
  });

  it.each<{ name: string; document?: Partial<FullConsultationDocument>; measured?: Partial<PdfFeatures>; is: Row }>([
    {
      name: 'a word after the first 1,000 characters',
      document: { document_content_plain: `${'x'.repeat(1_000)} Synopse` },
      is: { says_synopse: false },
    },
    {
      name: 'a salutation after the first 3,000 characters',
      document: { document_content_plain: `${'x'.repeat(3_000)} Sehr geehrter Herr` },
      is: { has_formal_salutation: false },
    },
    {
      name: 'a salutation to one man',
      document: { document_content_plain: 'SEHR GEEHRTER Herr Muster' },
      is: { has_formal_salutation: true },
    },
    {
      name: 'dates that are not known',
      document: { document_publication_date: null, consultation_end_date: null },
      is: { days_from_start_to_publication: null, days_from_end_to_publication: null },
    },
    {
      name: 'a PDF too long to be measured',
      measured: { count_pages_containing_tables: null, count_pages_containing_images: null },
      is: { share_of_pages_with_tables: null, share_of_pages_with_images: null },
    },
    {
      name: 'a canton',
      document: { political_body: 'zh', document_source: 'openparldata' },
      is: { is_federal: false },
    },
  ])('takes $name as it is', async ({ document = {}, measured = {}, is }) => {
    expect(await recordsOf(document, measured)).toMatchObject([is]);
  });

  it.each<{ name: string; document: Partial<FullConsultationDocument> }>([
    { name: 'with a type', document: { document_type: 'DRAFT' } },
    { name: 'in French', document: { document_language: 'fr' } },
    { name: 'of 2018', document: { consultation_start_date: '2018-12-31T00:00:00' } },
    { name: 'with a blank text', document: { document_content_plain: ' \n\t' } },
  ])('is no document $name', async ({ document }) => {
    expect(await recordsOf(document)).toEqual([]);
  });
});
