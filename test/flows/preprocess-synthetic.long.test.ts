import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { consultationDocumentTexts } from '../../functions/consultation-documents/consultation-document-texts.contract.ts';
import { consultationDocumentsPreprocessed } from '../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import { publishArtifact } from '../../lib/artifact/publish.ts';
import type { ArtifactContract } from '../../lib/contract.ts';
import type { Json } from '../../lib/json.ts';
import type { Row } from '../../lib/table/cell.ts';
import { type LoadableCell, loadRows } from '../../lib/table/load-rows.ts';
import { openSql } from '../../lib/table/sql.ts';
import { writeParquet } from '../../lib/table/write-parquet.ts';
import { samplePdf } from '../../samples/sample-pdf.ts';
import { hasSharedData, synthetic } from '../functions/consultation-documents/shared-data.ts';
import { testContext } from '../support/test-world.ts';
import { type FlowWorld, openFlowWorld, outputOf } from './flow-world.ts';

const flow = 'preprocess-consultation-documents';

type LoadableRow = Readonly<Record<string, LoadableCell>>;

/** The platform of the worked example, with real PDFs of the pages that it gives. */
function workedExample() {
  const stub = synthetic<Record<string, { pages?: string[]; error?: string }>>('pdf-extraction-stub.json');
  return {
    records: (endpoint: string) => synthetic<unknown[]>(`${endpoint}.json`),
    file(path: string) {
      // the one cantonal file without a text of the platform, which the original never looks at
      if (path === '2024/4700/5010/f10.pdf') return samplePdf(['Sehr geehrte Damen und Herren, wir laden Sie ein.']);
      const { pages, error } = stub[path] ?? {};
      return error === undefined ? pages && samplePdf(pages) : Buffer.from(`%PDF-1.4 ${error}`);
    },
  };
}

async function openExample(): Promise<FlowWorld> {
  const world = await openFlowWorld({}, '2026-01-11T03:00:00.000Z', {
    demokratis: { platform: workedExample(), faultAt: () => undefined },
  });
  onTestFinished(() => world[Symbol.asyncDispose]());
  return world;
}

/** Publishes rows as the execution of an hour before would have. */
async function publishBefore(world: FlowWorld, contract: ArtifactContract, rows: readonly LoadableRow[]) {
  const workFolder = await mkdtemp(join(tmpdir(), 'before-'));
  onTestFinished(() => rm(workFolder, { recursive: true }));
  const dataFile = join(workFolder, 'data.parquet');
  await using sql = await openSql({ workFolder, threads: 1, memoryMiB: 256 });
  await loadRows(sql, { name: 'before', columns: contract.columns }, rows);
  await writeParquet(sql, 'FROM before', dataFile);
  const { artifacts, clock } = world;
  const executionStartedAt = new Date(clock.now());
  await publishArtifact(testContext({ artifacts, clock, executionStartedAt }), contract, { dataFile, inputs: [] });
}

const rowsQuery = `SELECT * REPLACE (
    strftime(consultation_start_date, '%Y-%m-%d') AS consultation_start_date,
    strftime(consultation_end_date, '%Y-%m-%d') AS consultation_end_date,
    strftime(document_publication_date, '%Y-%m-%d') AS document_publication_date,
    list_transform(consultation_internal_tags,
      lambda tag: {name: tag.name, created_at: strftime(tag.created_at, '%Y-%m-%d %H:%M:%S')}) AS consultation_internal_tags)
  FROM latest`;

async function quarantineOf(world: FlowWorld): Promise<Json> {
  const rows = await world.query('consultation-documents-quarantine', 'SELECT document_uuid, reason FROM latest');
  return Object.fromEntries(rows.map(({ document_uuid, reason }) => [document_uuid, reason ?? null]));
}

// whole runs, on a machine that may be busy
describe.skipIf(!hasSharedData)('10.9 and 11.1 the worked example', { timeout: 60_000 }, () => {
  const expected = hasSharedData
    ? synthetic<{ rows: Row[]; dropped: Record<string, string>[] }>('expected-compat.json')
    : { rows: [], dropped: [] };

  it('gives the rows of the original in compat mode, field by field and in its order', async () => {
    const world = await openExample();
    const before = synthetic<LoadableRow[]>('previous-dataset.json');
    const template = { ...expected.rows[0], consultation_internal_tags: [] };
    // only the identifier and the text of an earlier dataset are looked at
    await publishBefore(
      world,
      consultationDocumentsPreprocessed,
      before.map((row) => ({ ...(template as LoadableRow), ...row })),
    );

    const execution = await world.run(flow, { compat: true });

    outputOf(execution);
    expect(await world.query('consultation-documents-preprocessed', rowsQuery)).toEqual(expected.rows);
    expect(Object.keys(expected.rows[0] ?? {})).toHaveLength(25);
    const dropped = expected.dropped.map((row) => [row.document_uuid, row.reason?.replace('no_content:', '')]);
    expect(await quarantineOf(world)).toEqual(Object.fromEntries(dropped));
  });

  it('differs from it in better mode where the specification says so, and nowhere else', async () => {
    const world = await openExample();
    await publishBefore(world, consultationDocumentTexts, [
      {
        document_uuid: 'doc-02',
        stored_file_hash: '0000000000000000000000000000000000000002',
        status: 'extracted',
        content: 'TEXT FROM PREVIOUS RUN',
        detail: null,
        pages: 1,
        non_empty_pages: 1,
        extractor: 'unpdf 1.8.1',
        run_id: 'before',
      },
    ]);

    const execution = await world.run(flow);

    outputOf(execution);
    const rows = await world.query('consultation-documents-preprocessed', rowsQuery);
    const ofOriginal = new Map(expected.rows.map((row) => [row.document_uuid, row]));
    const changes = rows.map((row) => [row.document_uuid, changesOf(row, ofOriginal.get(row.document_uuid ?? null))]);
    expect(changes).toEqual([
      ['doc-01', {}],
      ['doc-02', {}],
      // each topic once
      ['doc-03', { consultation_topics: ['administration', 'law'] }],
      ['doc-04', { consultation_topics: ['administration', 'law'] }],
      // a type that nobody vouches for says so
      ['doc-05', { consultation_topics: ['administration', 'law'], document_type_label_source: 'unverified' }],
      ['doc-08', {}],
      // read from its PDF
      ['doc-10', 'new'],
    ]);
    expect(await quarantineOf(world)).toEqual({
      'doc-06': 'placeholder_url',
      'doc-07': 'missing_start_date',
      'doc-09': 'missing_file',
      'doc-11': 'no_stored_file',
      'doc-12': 'empty_text',
      'doc-13': 'corrupt',
    });
  });
});

function changesOf(row: Row, original: Row | undefined): Json {
  if (!original) return 'new';
  const changed = Object.entries(row).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(original[name]),
  );
  return Object.fromEntries(changed);
}
