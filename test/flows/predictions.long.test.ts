import { describe, expect, it } from 'vitest';
import { documentFeatures } from '../../functions/consultation-documents/document-features.contract.ts';
import type { FullConsultationDocument } from '../../functions/consultation-documents/document-schema.ts';
import { documentTypePredictions } from '../../functions/consultation-documents/document-type-predictions.contract.ts';
import { readManifest } from '../../lib/artifact/manifest.ts';
import { aDocument, publishDocuments, publishRows } from '../functions/consultation-documents/a-dataset.ts';
import { type FlowWorld, openFlowWorld, outputOf, publicationOf } from './flow-world.ts';

const features = {
  contains_table_on_first_page: false,
  count_pages: 2,
  count_tables: 0,
  count_pages_containing_tables: 0,
  count_images: 1,
  count_pages_containing_images: 1,
  average_page_aspect_ratio: 1.414603,
};

/** A dataset with its vectors and features, as the flows before would have made them. */
async function withDataset(flows: FlowWorld, documents: readonly FullConsultationDocument[]) {
  await publishDocuments(flows.artifacts, documents);
  const rows = documents.map(({ document_uuid, stored_file_hash }) => ({
    ...{ document_uuid, stored_file_hash },
    ...features,
  }));
  const made = { rows, startedAt: '2026-11-20T03:00:00Z', executionName: 'made' };
  await publishRows(flows.artifacts, documentFeatures, made);
  outputOf(await flows.run('embed-documents'));
  outputOf(await flows.run('embed-consultations'));
}

const untyped = (name: string, overrides: Partial<FullConsultationDocument> = {}) =>
  aDocument({
    document_uuid: name,
    stored_file_hash: `hash-${name}`,
    document_type: null,
    document_type_label_source: null,
    ...overrides,
  });

async function latestOutput(flows: FlowWorld, artifact: string) {
  const { bytes } = await flows.artifacts.read(`artifacts/${artifact}/outputs/latest.json`);
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}

describe('the flow predict-document-types', () => {
  it('asks about German documents without a type, and says that a stand-in answered', async () => {
    await using flows = await openFlowWorld();
    await withDataset(flows, [
      untyped('b', { document_content_plain: 'Sehr geehrte Damen und Herren' }),
      untyped('a'),
      untyped('french', { document_language: 'fr' }),
      untyped('old', { consultation_start_date: '2018-12-31T00:00:00' }),
      aDocument({ document_uuid: 'typed', stored_file_hash: 'hash-typed' }),
    ]);

    const output = publicationOf(await flows.run('predict-document-types', {}, 'predicted'));

    const file = await latestOutput(flows, documentTypePredictions.name);
    expect(file).toMatchObject({
      generated_at: expect.stringMatching(/^2026-/),
      output_format_version: 'v0.1',
      model: { name: 'stand-in-document-types', version: '0' },
      features: { embedding_model: 'stand-in-hashed-words-64' },
      input_filters: { document_type: null, document_language: ['de'] },
    });
    expect(file.outputs.map(({ document_uuid }: { document_uuid: string }) => document_uuid)).toEqual(['a', 'b']);
    const scores: number[] = file.outputs[0].output.map(({ score }: { score: number }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 3);
    // nine labels each: RESPONSE_FORM went into SURVEY
    expect(output.rows).toBe(18);
    const { notes, inputs } = await readManifest(flows.artifacts, output.artifact, output.version);
    expect(notes?.[0]).toContain('stand-in-document-types 0');
    expect(inputs).toHaveLength(3);
  });

  it('writes nothing when the model says what it said before', async () => {
    await using flows = await openFlowWorld();
    await withDataset(flows, [untyped('a')]);
    publicationOf(await flows.run('predict-document-types'));
    const before = await latestOutput(flows, documentTypePredictions.name);

    const again = publicationOf(await flows.run('predict-document-types'));

    expect(again.status).toBe('unchanged');
    expect(await latestOutput(flows, documentTypePredictions.name)).toEqual(before);
  });
});

describe('the flow predict-consultation-topics', () => {
  it('asks about consultations that nobody has reviewed, and leaves out those without a likely topic', async () => {
    await using flows = await openFlowWorld();
    const consultation = (name: string, overrides: Partial<FullConsultationDocument> = {}) =>
      aDocument({
        consultation_identifier: name,
        consultation_url: `https://www.demokratis.ch/vernehmlassung/${name}`,
        document_uuid: `document-of-${name}`,
        stored_file_hash: name,
        consultation_title: `Verordnung ${name}`,
        ...overrides,
      });
    await withDataset(flows, [
      consultation('c1'),
      aDocument({ ...consultation('c1'), document_uuid: 'second-of-c1', document_content_plain: 'Energie und Wasser' }),
      consultation('c2', { document_type: 'OPINION' }),
      consultation('c3', { consultation_topics_label_source: 'manual' }),
    ]);

    const output = publicationOf(await flows.run('predict-consultation-topics'));

    const asked = await flows.query(
      output.artifact,
      'SELECT DISTINCT consultation_identifier AS id, model FROM latest',
    );
    expect(asked).toEqual([{ id: 'c1', model: 'stand-in-consultation-topics 0' }]);
    expect(await flows.query(output.artifact, 'SELECT count(*) AS n FROM latest WHERE score <= 0.5')).toEqual([
      { n: 0 },
    ]);
    const file = await latestOutput(flows, output.artifact);
    expect(file.outputs).toHaveLength(1);
    expect(file.model.metadata.note).toContain('stand-in');
  });
});
