import { describe, expect, it } from 'vitest';
import { documentEmbeddings } from '../../functions/consultation-documents/document-embeddings.contract.ts';
import { readManifest } from '../../lib/artifact/manifest.ts';
import { aDocument, publishDocuments } from '../functions/consultation-documents/a-dataset.ts';
import { openFlowWorld, publicationOf } from './flow-world.ts';

const manyDocuments = Array.from({ length: 40 }, (_, index) =>
  aDocument({ document_uuid: `document-${index}`, document_content_plain: `Art. ${index} Zweck der Bienen` }),
);

describe('the flow embed-documents', () => {
  it('gives each document with a text a vector, and says which model made it', async () => {
    await using flows = await openFlowWorld();
    await publishDocuments(flows.artifacts, [
      ...manyDocuments,
      aDocument({ document_uuid: 'x', document_content_plain: ' \n ' }),
    ]);

    const output = publicationOf(await flows.run('embed-documents'));

    expect(output).toMatchObject({ status: 'published', rows: 40 });
    expect(
      await flows.query(
        documentEmbeddings.name,
        'SELECT DISTINCT embedding_model, len(embedding) AS length, round(list_sum([x*x FOR x IN embedding]), 3) AS norm FROM latest',
      ),
    ).toEqual([{ embedding_model: 'stand-in-hashed-words-64', length: 64, norm: 1 }]);
    const { notes, inputs } = await readManifest(flows.artifacts, output.artifact, output.version);
    expect(notes).toEqual([
      "40 texts were embedded by the model 'stand-in-hashed-words-64', which is a stand-in: its vectors mean little",
    ]);
    expect(inputs.map(({ name }) => name)).toEqual(['consultation-documents-preprocessed']);
  });

  it('embeds nothing the second time, and only what is new or has changed the third', async () => {
    await using flows = await openFlowWorld();
    await publishDocuments(flows.artifacts, manyDocuments);
    const first = publicationOf(await flows.run('embed-documents'));

    const second = publicationOf(await flows.run('embed-documents'));
    const changed = manyDocuments.with(7, aDocument({ document_uuid: 'document-7', document_content_plain: 'Neu' }));
    await publishDocuments(flows.artifacts, [...changed, aDocument({ document_uuid: 'document-new' })], '2026-11-21');
    const third = publicationOf(await flows.run('embed-documents'));

    expect(second).toEqual({ ...first, status: 'unchanged' });
    expect(third).toMatchObject({ status: 'published', rows: 41 });
    const { notes } = await readManifest(flows.artifacts, third.artifact, third.version);
    expect(notes?.[0]).toMatch(/^2 texts were embedded/);
  });

  it('goes on after the endpoint was overloaded for a while', async () => {
    const faultAt = (request: number) => (request < 6 ? 429 : undefined);
    await using flows = await openFlowWorld({}, undefined, { embeddings: { faultAt } });
    await publishDocuments(flows.artifacts, manyDocuments);

    expect(publicationOf(await flows.run('embed-documents'))).toMatchObject({ rows: 40 });
  });

  it('reports how it ended: what it made, or why it made nothing', async () => {
    await using flows = await openFlowWorld();
    const failed = await flows.run('embed-documents', {}, 'too-early');
    await publishDocuments(flows.artifacts, manyDocuments.slice(0, 2));
    await flows.run('embed-documents');

    expect(failed).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(failed.cause).toContain("run the flow 'preprocess-consultation-documents' first");
    const reports = flows.emitted.filter(({ detailType }) => detailType === 'Run Reported');
    expect(reports.map(({ detail }) => [detail.status, detail.figures, detail.error])).toEqual([
      ['FAILED', {}, { name: 'InvalidDataError', cause: expect.stringContaining('was never published') }],
      ['SUCCEEDED', { [documentEmbeddings.name]: '2 rows, published' }, null],
    ]);
  });
});
