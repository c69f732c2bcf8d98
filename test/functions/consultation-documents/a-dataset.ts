import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consultationDocumentsPreprocessed } from '../../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import type { FullConsultationDocument } from '../../../functions/consultation-documents/document-schema.ts';
import type { ArtifactStore } from '../../../lib/artifact/artifact-store.ts';
import { type Publication, publishArtifact } from '../../../lib/artifact/publish.ts';
import type { ArtifactContract } from '../../../lib/contract.ts';
import { type LoadableRows, loadRows } from '../../../lib/table/load-rows.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';
import { testContext } from '../../support/test-world.ts';

/** A federal German document with a text and no file; parts of it can be given. */
export function aDocument(overrides: Partial<FullConsultationDocument> = {}): FullConsultationDocument {
  return {
    consultation_identifier: 'cons0001',
    consultation_start_date: '2024-03-01T00:00:00',
    consultation_end_date: '2024-06-01T00:00:00',
    consultation_title: 'Verordnung über die Bienenzucht',
    consultation_description: '',
    consultation_url: 'https://www.demokratis.ch/vernehmlassung/cons0001',
    consultation_topics: ['agriculture'],
    consultation_topics_label_source: 'organisation_rule',
    consultation_internal_tags: [],
    organisation_uuid: 'organisation-1',
    organisation_name: 'Amt für Bienen',
    political_body: 'ch',
    document_uuid: 'document-1',
    document_source: 'fedlex',
    document_source_url: 'https://example.org/document-1.pdf',
    document_publication_date: '2024-03-02T00:00:00',
    document_type: 'DRAFT',
    document_type_label_source: 'fedlex',
    document_language: 'de',
    document_title: 'Entwurf',
    latest_stored_file_uuid: null,
    stored_file_path: null,
    stored_file_mime_type: null,
    stored_file_hash: null,
    document_content_plain: 'Art. 1 Zweck\nDiese Verordnung schützt die Bienen.',
    ...overrides,
  };
}

/** Writes rows as a Parquet file of a contract's columns. */
export async function writeTable(
  contract: Pick<ArtifactContract, 'columns'>,
  rows: LoadableRows,
  file: string,
): Promise<void> {
  await using sql = await openSql({ workFolder: join(file, '..'), threads: 1, memoryMiB: 256 });
  await loadRows(sql, { name: 'rows', columns: contract.columns }, rows);
  await writeParquet(sql, 'FROM rows', file);
}

/** Publishes rows as the next version of their artifact, as an execution of that name would that started then. */
export async function publishRows(
  artifacts: ArtifactStore,
  contract: ArtifactContract,
  { rows, startedAt, executionName }: { rows: LoadableRows; startedAt: string; executionName: string },
): Promise<Publication> {
  const workFolder = await mkdtemp(join(tmpdir(), 'publish-rows-'));
  try {
    const dataFile = join(workFolder, 'rows.parquet');
    await writeTable(contract, rows, dataFile);
    const executionStartedAt = new Date(startedAt);
    const context = testContext({ artifacts, workFolder, executionName, executionStartedAt });
    return await publishArtifact(context, contract, { dataFile, inputs: [] });
  } finally {
    await rm(workFolder, { recursive: true });
  }
}

/** Publishes documents as the dataset. */
export async function publishDocuments(
  artifacts: ArtifactStore,
  documents: readonly FullConsultationDocument[],
  day = '2026-11-20',
): Promise<Publication> {
  const rows = documents.toSorted((a, b) => (a.document_uuid < b.document_uuid ? -1 : 1));
  const made = { rows, startedAt: `${day}T03:00:00Z`, executionName: `made-${day}` };
  return await publishRows(artifacts, consultationDocumentsPreprocessed, made);
}
