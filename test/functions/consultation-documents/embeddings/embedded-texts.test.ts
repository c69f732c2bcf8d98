import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consultationDocumentsPreprocessed } from '../../../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import { documentEmbeddings } from '../../../../functions/consultation-documents/document-embeddings.contract.ts';
import {
  attributeTexts,
  documentTexts,
} from '../../../../functions/consultation-documents/embeddings/embedded-texts.ts';
import { textsToEmbedQuery } from '../../../../functions/consultation-documents/embeddings/plan-texts.ts';
import { openSql, type Sql } from '../../../../lib/table/sql.ts';
import { aDocument, writeTable } from '../a-dataset.ts';

let folder: string;
let sql: Sql;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'texts-'));
  sql = await openSql({ workFolder: folder, threads: 1, memoryMiB: 256 });
});
afterAll(async () => {
  await sql.close();
  await rm(folder, { recursive: true });
});

async function datasetOf(...documents: readonly ReturnType<typeof aDocument>[]) {
  const file = join(folder, 'dataset.parquet');
  await writeTable(consultationDocumentsPreprocessed, documents, file);
  return { preprocessedFile: file, previousFile: undefined, model: 'm' };
}

describe('texts of consultations', () => {
  it('are title, description and organisation per language, without what is blank (worked case 10.11)', async () => {
    const c1 = { consultation_identifier: 'c1', document_language: 'de' } as const;
    const german = { ...c1, consultation_title: 'A', consultation_description: '', organisation_name: 'X' };
    const french = { consultation_title: 'B', consultation_description: 'd', organisation_name: 'Y' };
    const sources = await datasetOf(
      aDocument(german),
      aDocument({ ...german, document_uuid: 'document-2' }),
      aDocument({ ...c1, ...french, document_uuid: 'document-3', document_language: 'fr' }),
    );

    const rows = await sql.rows(textsToEmbedQuery(attributeTexts, sources));

    expect(rows.map((row) => Object.values(row).slice(0, 4))).toEqual([
      ['c1', 'de', 'consultation_title', 'A'],
      ['c1', 'de', 'organisation_name', 'X'],
      ['c1', 'fr', 'consultation_description', 'd'],
      ['c1', 'fr', 'consultation_title', 'B'],
      ['c1', 'fr', 'organisation_name', 'Y'],
    ]);
  });

  it('are those of the first document where they differ', async () => {
    const sources = await datasetOf(
      aDocument({ consultation_title: 'First title' }),
      aDocument({ consultation_title: 'A later one', document_uuid: 'document-2' }),
    );

    const rows = await sql.rows(textsToEmbedQuery(attributeTexts, sources));

    expect(rows.map(({ text }) => text)).toEqual(['First title', 'Amt für Bienen']);
  });
});

describe('texts of documents', () => {
  it('are cut after 81,920 characters', async () => {
    const rows = await sql.rows(
      textsToEmbedQuery(documentTexts, await datasetOf(aDocument({ document_content_plain: 'ä'.repeat(90_000) }))),
    );

    expect(rows.map(({ text }) => String(text).length)).toEqual([81_920]);
  });

  it('are embedded once by each model, as long as they stay the same', async () => {
    const sources = await datasetOf(aDocument(), aDocument({ document_uuid: 'document-2' }));
    const [known] = await sql.rows(textsToEmbedQuery(documentTexts, sources));
    const previousFile = join(folder, 'previous.parquet');
    const { text: _, ...keys } = known ?? {};
    await writeTable(documentEmbeddings, [{ ...keys, embedding: [1], embedding_model: 'm' } as never], previousFile); // a row without its text
    const left = async (model: string) =>
      (await sql.rows(textsToEmbedQuery(documentTexts, { ...sources, previousFile, model }))).map(
        ({ document_uuid }) => document_uuid,
      );

    expect([await left('m'), await left('another')]).toEqual([['document-2'], ['document-1', 'document-2']]);
  });
});
