import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readManifest } from '../../lib/artifact/manifest.ts';
import type { Execution } from '../../lib/execution/execution.ts';
import { type SamplePlatform, samplePlatform } from '../../samples/demokratis-documents.ts';
import type { DemokratisPlatformOptions } from '../../samples/demokratis-platform.ts';
import { type FlowWorld, openFlowWorld, outputOf } from './flow-world.ts';

const flow = 'preprocess-consultation-documents';
const dataset = 'consultation-documents-preprocessed';

const report = z.object({
  artifacts: z.array(z.object({ artifact: z.string(), status: z.string(), version: z.string() })),
  rows: z.int(),
  documents: z.int(),
  filesExtracted: z.int(),
  dropped: z.record(z.string(), z.int()),
  manifestKey: z.string(),
});

function reportOf(execution: Execution): z.infer<typeof report> {
  return report.parse(outputOf(execution));
}

/** A platform whose records can be changed between two runs. */
function changeable(platform: SamplePlatform) {
  const changes = new Map<string, (records: readonly unknown[]) => readonly unknown[]>();
  return {
    change: (endpoint: string, how: (records: readonly unknown[]) => readonly unknown[]) => changes.set(endpoint, how),
    records: (endpoint: string) => {
      const records = platform.records(endpoint);
      return records && (changes.get(endpoint) ?? ((all) => all))(records);
    },
    file: platform.file,
  };
}

function openWorld(options: DemokratisPlatformOptions): Promise<FlowWorld> {
  const demokratis = { secondsPerFile: 4, faultAt: () => undefined, ...options };
  return openFlowWorld({}, '2026-11-20T03:00:00.000Z', { demokratis });
}

/** Seconds between a failed attempt of a state and the next one. */
async function waitsOf(world: FlowWorld, executionName: string, stateName: string): Promise<number[]> {
  const events = await world.history(executionName);
  const start = events.findIndex(({ type, details }) => type === 'TaskStateEntered' && details.name === stateName);
  const end = events.findIndex(({ type, details }) => type === 'TaskStateExited' && details.name === stateName);
  const attempts = events.slice(start, end).filter(({ type }) => type === 'TaskFailed' || type === 'TaskScheduled');
  return attempts.flatMap(({ type, timestamp }, index) => {
    const before = attempts[index - 1];
    if (type !== 'TaskScheduled' || before?.type !== 'TaskFailed') return [];
    return [(Date.parse(timestamp) - Date.parse(before.timestamp)) / 1000];
  });
}

// whole runs, on a machine that may be busy
describe('documents of the platform', { timeout: 60_000 }, () => {
  let world: FlowWorld;
  let first: z.infer<typeof report>;
  const platform = changeable(samplePlatform({ consultations: 2 }));

  beforeAll(async () => {
    world = await openWorld({ platform });
    first = reportOf(await world.run(flow, {}, 'first'));
  }, 60_000);
  afterAll(() => world[Symbol.asyncDispose]());

  it('become the dataset, with their texts in the language that they are in', async () => {
    const rows = await world.query(
      dataset,
      `SELECT political_body, document_language, count(*) AS n, min(length(document_content_plain)) > 100 AS has_text
       FROM latest GROUP BY ALL ORDER BY ALL`,
    );

    expect(rows).toEqual([
      { political_body: 'be', document_language: 'de', n: 4, has_text: true },
      { political_body: 'ch', document_language: 'de', n: 7, has_text: true },
      { political_body: 'ch', document_language: 'fr', n: 4, has_text: true },
      { political_body: 'ch', document_language: 'it', n: 4, has_text: true },
      { political_body: 'zh', document_language: 'de', n: 5, has_text: true },
    ]);
  });

  it('that are no rows are in quarantine, each with its reason, and the run succeeds', async () => {
    const quarantine = await world.query(
      'consultation-documents-quarantine',
      'SELECT document_uuid, stage, reason, first_seen_run FROM latest',
    );

    expect(quarantine.map((row) => Object.values(row).join(' '))).toEqual([
      'doc9001 extraction encrypted first',
      'doc9002 extraction empty_file first',
      'doc9003 extraction not_pdf first',
      'doc9004 extraction too_large first',
      'doc9005 extraction timed_out first',
      'doc9006 filter empty_text first',
      'doc9007 metadata missing_start_date first',
      'doc9008 metadata placeholder_url first',
      'doc9012 filter unsupported_type first',
      'doc9013 filter no_stored_file first',
      'doc9015 language language_undetermined first',
      'doc9016 validation schema first',
    ]);
    expect(first.documents).toBe(first.rows + 12);
  });

  it('11.4 are neither read nor published again as long as nothing changes', async () => {
    const bytesBefore = await world.artifacts.read(`artifacts/${dataset}-latest.parquet`);
    const again = reportOf(await world.run(flow, {}, 'again'));

    expect(again.filesExtracted).toBe(0);
    expect(again.artifacts.map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(await world.artifacts.read(`artifacts/${dataset}-latest.parquet`)).toEqual(bytesBefore);
  });

  it('11.5 are read again when their file is another, and no others', async () => {
    const hash = 'f'.repeat(40);
    platform.change('stored-files', (files) =>
      files.map((file) =>
        Reflect.get(Object(file), 'uuid') === 'file-1000' ? { ...Object(file), file_hash: hash } : file,
      ),
    );
    const { filesExtracted, artifacts } = reportOf(await world.run(flow, {}, 'changed'));
    const runs = await world.query(
      'consultation-documents-lineage',
      'SELECT content_run_id AS run, count(*) AS n FROM latest GROUP BY ALL ORDER BY run',
    );

    expect(filesExtracted).toBe(1);
    expect(artifacts.find(({ artifact }) => artifact === dataset)?.status).toBe('published');
    expect(runs).toEqual([
      { run: 'changed', n: 1 },
      { run: 'first', n: 23 },
    ]);
  });

  it('say where each text and language comes from', async () => {
    const lineage = await world.query(
      'consultation-documents-lineage',
      `SELECT content_source, extractor, count(*) AS n FROM latest GROUP BY ALL ORDER BY ALL`,
    );

    expect(lineage).toEqual([
      { content_source: 'api', extractor: null, n: 8 },
      { content_source: 'extracted', extractor: 'html-to-text 10.0.1', n: 1 },
      { content_source: 'extracted', extractor: 'mammoth 1.13.0', n: 1 },
      { content_source: 'extracted', extractor: 'unpdf 1.8.1', n: 14 },
    ]);
  });

  it('leave a manifest of the run and a checked table', async () => {
    const stored = await world.artifacts.read(first.manifestKey);
    const manifest = JSON.parse(Buffer.from(stored.bytes).toString('utf8'));
    const version = first.artifacts.find(({ artifact }) => artifact === dataset)?.version ?? '';

    expect(manifest).toMatchObject({
      runId: 'first',
      answers: { metadata: { records: 36 }, contents: { records: 10 }, files: { records: 26 } },
      dropped: { encrypted: 1, timed_out: 1 },
      kinds: { 'fedlex fr DRAFT': 2, 'openparldata de LETTER': 2 },
      texts: { api: 8, extract: 16 },
      languageDetectors: 'eld 2.1.0 (small), franc-all 7.2.0',
    });
    expect((await readManifest(world.artifacts, dataset, version)).checks.every(({ passed }) => passed)).toBe(true);
  });

  it('11.7 travel by reference: no payload is large, and none holds the password', async () => {
    const events = await world.history('first');
    const texts = events.map(({ details }) => JSON.stringify(details));

    expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(32 * 1024);
    expect(texts.filter((text) => text.includes('sample-password'))).toEqual([]);
  });
});

describe('a platform that fails', { timeout: 60_000 }, () => {
  const small = samplePlatform({ consultations: 1, hasTroubles: false });

  it('11.6 is asked again after 10 and 60 seconds, for each of its endpoints', async () => {
    const faults = [429, 'invalid-json'] as const;
    await using world = await openWorld({ platform: small, faultAt: (_, count) => faults[count - 1] });

    const execution = await world.run(flow, {}, 'run');

    expect(execution.status).toBe('SUCCEEDED');
    for (const state of ['FetchMetadata', 'FetchContents', 'FetchStoredFiles']) {
      expect(await waitsOf(world, 'run', state)).toEqual([10, 60]);
    }
  });

  it('fails the run when the fourth answer is none either', async () => {
    await using world = await openWorld({ platform: small, faultAt: () => 500 });

    const execution = await world.run(flow, {}, 'run');

    expect(execution).toMatchObject({ status: 'FAILED', error: 'SourceUnavailableError' });
    expect(await waitsOf(world, 'run', 'FetchMetadata')).toEqual([10, 60, 120]);
  });

  it.each([
    {
      name: 'two texts of one document',
      endpoint: 'documents-content',
      message: "2 records with the document_uuid 'doc3000'",
    },
    { name: 'two files of one identifier', endpoint: 'stored-files', message: "2 records with the uuid 'file-1000'" },
  ])('10.5 fails the run with $name', async ({ endpoint, message }) => {
    const platform = changeable(small);
    platform.change(endpoint, (records) => [...records, ...records.slice(0, 1)]);
    await using world = await openWorld({ platform });

    const execution = await world.run(flow);

    expect(execution).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(execution.cause).toContain(message);
  });

  it('4.9 fails the run when many documents break the schema, and publishes nothing', async () => {
    const platform = changeable(small);
    platform.change('documents-metadata', (records) =>
      records.map((each) => ({ ...Object(each), political_body: 'xx' })),
    );
    await using world = await openWorld({ platform });

    const execution = await world.run(flow);

    expect(execution).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(execution.cause).toContain('documents break the schema, and at most 1 % are tolerated');
  });

  it('costs the batches whose files it does not give, as far as that is tolerated', async () => {
    const faultAt = (endpoint: string) => (endpoint === 'files' ? 500 : undefined);
    await using world = await openWorld({ platform: small, faultAt });

    const refused = await world.run(flow);
    const tolerated = await world.run(flow, { toleratedFailurePercentage: 100, filesPerBatch: 4 });

    expect(refused).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(reportOf(tolerated)).toMatchObject({ rows: 4, dropped: { not_read: 6 } });
  });

  it('costs only the batches that failed, when a redrive gets their files', async () => {
    let isBroken = true;
    const faultAt = (endpoint: string) => (isBroken && endpoint === 'files' ? 500 : undefined);
    await using world = await openWorld({ platform: small, faultAt });
    await world.run(flow, {}, 'run');
    const before = await world.history('run');
    isBroken = false;

    const redriven = await world.redrive('run');

    const after = (await world.history('run')).slice(before.length);
    expect(reportOf(redriven)).toMatchObject({ rows: 10, dropped: {} });
    expect(after.filter(({ type }) => type.endsWith('StateExited')).map(({ details }) => details.name)).toEqual([
      'ExtractBatches',
      'PublishTexts',
      'AssembleDocuments',
      'PublishDocuments',
      'DescribeRun',
      'ReportRun',
    ]);
  });
});
