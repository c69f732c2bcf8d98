import { describe, expect, it } from 'vitest';
import { servedModel } from '../../../../functions/consultation-documents/predictions/prediction-model.ts';
import { documentTypes } from '../../../../functions/consultation-documents/vocabularies.ts';
import { fixedSource } from '../../../../lib/secret/fixed-source.ts';
import { startSampleServer } from '../../../../samples/server.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { testContext } from '../../../support/test-world.ts';

async function openModel(labels: readonly string[] = documentTypes) {
  const server = await startSampleServer();
  const context = testContext({ settings: fixedSource(server.settings), clock: fakeClock({ autoAdvance: true }) });
  const what = 'the model of document types';
  const model = await servedModel(context, { what, urlSetting: 'DOCUMENT_TYPE_MODEL_URL', labels });
  return { model, [Symbol.asyncDispose]: () => server.close() };
}

describe('a model behind a server', () => {
  it('says which model it is, and gives each record a score for each label', async () => {
    await using opened = await openModel();

    const [one, same, other] = await opened.model.predict([
      { embedding: [1, 0, 0], count_pages: 3 },
      { embedding: [1, 0, 0] },
      { embedding: [0, 0, 1] },
    ]);

    expect(opened.model.description).toMatchObject({ name: 'stand-in-document-types', version: '0' });
    expect(Object.values(one ?? {}).reduce((sum, score) => sum + score, 0)).toBeCloseTo(1);
    expect([same, other]).toEqual([one, expect.not.objectContaining(one ?? {})]);
  });

  it('is refused when it answers labels that nobody knows', async () => {
    await using opened = await openModel(['DRAFT']);

    await expect(opened.model.predict([{ embedding: [1] }])).rejects.toMatchObject({ name: 'InvalidDataError' });
  });

  it('has to be set', async () => {
    const served = { what: 'the model', urlSetting: 'DOCUMENT_TYPE_MODEL_URL', labels: documentTypes };

    await expect(servedModel(testContext(), served)).rejects.toMatchObject({ name: 'SecretMissingError' });
  });
});
