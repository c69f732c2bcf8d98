import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { documentFeatures } from '../../functions/consultation-documents/document-features.contract.ts';
import { publicationSchema } from '../../lib/artifact/publish.ts';
import type { Execution } from '../../lib/execution/execution.ts';
import { type SamplePlatform, samplePlatform } from '../../samples/demokratis-documents.ts';
import { aDocument, publishDocuments, publishRows } from '../functions/consultation-documents/a-dataset.ts';
import { type FlowWorld, openFlowWorld, outputOf } from './flow-world.ts';

const answer = z.object({
  dataset: z.looseObject({ artifacts: z.array(publicationSchema) }),
  derived: z.array(publicationSchema),
  predictions: z.array(publicationSchema),
});

/** Everything that an execution made or found as it was, by name. */
function madeBy(execution: Execution) {
  const { dataset, derived, predictions } = answer.parse(outputOf(execution));
  return [...dataset.artifacts, ...derived, ...predictions];
}

async function publicFile(flows: FlowWorld, name: string): Promise<Buffer> {
  const response = await fetch(`${flows.settings.DATASET_TARGET_URL}/${name}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** A few documents that give no trouble, one of them without a type. */
function calmPlatform(): SamplePlatform {
  const platform = samplePlatform({ consultations: 2 });
  const document = z.looseObject({ document_id: z.int() });
  const isCalm = (record: unknown) => {
    const { document_id: number } = document.parse(record);
    return number < 9000 || number === 9014;
  };
  return {
    ...platform,
    records: (endpoint) => {
      const records = platform.records(endpoint);
      return endpoint === 'documents-metadata' ? records?.filter(isCalm) : records;
    },
  };
}

describe('the flow main-ingestion', () => {
  let flows: FlowWorld;
  let made: ReturnType<typeof madeBy>;

  beforeAll(async () => {
    flows = await openFlowWorld({}, undefined, { demokratis: { platform: calmPlatform() } });
    made = madeBy(await flows.run('main-ingestion', { publish: true }));
  }, 60_000);

  afterAll(async () => {
    await flows[Symbol.asyncDispose]();
  });

  it('makes the dataset and everything that is made from it', () => {
    expect(made.map(({ artifact, status, rows }) => [artifact, status, rows > 0])).toEqual([
      ['consultation-document-texts', 'published', true],
      ['consultation-documents-quarantine', 'published', false],
      ['consultation-documents-lineage', 'published', true],
      ['consultation-documents-preprocessed', 'published', true],
      ['consultation-documents-features', 'published', true],
      ['consultation-documents-embeddings-beginnings-openai-text-embedding-3-large', 'published', true],
      ['consultation-attributes-embeddings-beginnings-openai-text-embedding-3-large', 'published', true],
      ['document-type-predictions', 'published', true],
      ['consultation-topic-predictions', 'published', true],
    ]);
  });

  it('reports the end of each of its parts, and its own last', () => {
    const reports = flows.emitted.filter(({ detailType }) => detailType === 'Run Reported');

    expect(reports.map(({ source }) => source)).toEqual(expect.arrayContaining(['data-flows.embed-documents']));
    expect(reports.at(-1)).toMatchObject({ source: 'data-flows.main-ingestion', detail: { status: 'SUCCEEDED' } });
  });

  it('copies the tables to the public place, with a card that says who made the vectors', async () => {
    const card = (await publicFile(flows, 'README.md')).toString('utf8');

    for (const { artifact, version, sha256 } of made.slice(3, 7)) {
      const bytes = await publicFile(flows, `${artifact}.parquet`);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(card).toContain(`\`${version}\``);
      expect(card).toContain(`\`${sha256}\``);
    }
    expect(card).toContain("'stand-in-hashed-words-64', which is a stand-in");
  });

  it('makes nothing again when nothing has changed', async () => {
    const again = madeBy(await flows.run('main-ingestion'));

    expect(again).toEqual(made.map((publication) => ({ ...publication, status: 'unchanged' })));
  }, 60_000);
});

describe('the flow publish-data', () => {
  it('copies JSON Lines beside Parquet when asked to', async () => {
    await using flows = await openFlowWorld();
    await publishDocuments(flows.artifacts, [aDocument({ stored_file_hash: '1' })]);
    const made = { startedAt: '2026-11-20T03:00:00Z', executionName: 'made' };
    await publishRows(flows.artifacts, documentFeatures, { ...made, rows: [someFeatures] });
    outputOf(await flows.run('embed-documents'));
    outputOf(await flows.run('embed-consultations'));

    outputOf(await flows.run('publish-data', { formats: ['jsonl', 'parquet'] }));

    const lines = (await publicFile(flows, 'consultation-documents-features.jsonl'))
      .toString('utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([someFeatures]);
    const card = (await publicFile(flows, 'README.md')).toString('utf8');
    expect(card).toContain('[consultation-documents-features.jsonl]');
    expect(card).toContain('[consultation-documents-features.parquet]');
  });
});

const someFeatures = {
  document_uuid: 'document-1',
  stored_file_hash: '1',
  contains_table_on_first_page: false,
  count_pages: 101,
  count_tables: null,
  count_pages_containing_tables: null,
  count_images: null,
  count_pages_containing_images: null,
  average_page_aspect_ratio: null,
};

describe('the flow main-ingestion, when the platform is down', () => {
  it('says why it failed, after a second try, and fails as its part did', async () => {
    await using flows = await openFlowWorld({}, undefined, { demokratis: { faultAt: () => 500 } });

    const execution = await flows.run('main-ingestion');

    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    const reports = flows.emitted.filter(({ source }) => source === 'data-flows.main-ingestion');
    expect(reports.map(({ detail }) => detail.status)).toEqual(['FAILED']);
  });
});
