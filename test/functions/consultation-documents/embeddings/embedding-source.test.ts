import { describe, expect, it } from 'vitest';
import { openAiEmbeddings } from '../../../../functions/consultation-documents/embeddings/embedding-source.ts';
import { fixedSource } from '../../../../lib/secret/fixed-source.ts';
import { startSampleServer } from '../../../../samples/server.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { testContext } from '../../../support/test-world.ts';

async function openSource(overrides: Readonly<Record<string, string>> = {}) {
  const server = await startSampleServer();
  const values = { ...server.settings, ...overrides };
  const source = await openAiEmbeddings(
    testContext({
      settings: fixedSource(values),
      secrets: fixedSource(values),
      clock: fakeClock({ autoAdvance: true }),
    }),
  );
  return { source, [Symbol.asyncDispose]: () => server.close() };
}

describe('embeddings', () => {
  it('are one vector for each text, the same for the same words', async () => {
    await using opened = await openSource();

    const [bees, again, law] = await opened.source.embed(['Die Bienen', 'die BIENEN!', 'Gesetz']);

    expect(bees).toHaveLength(64);
    expect(again).toEqual(bees);
    expect(law).not.toEqual(bees);
  });

  it.each<{ name: string; overrides: Record<string, string>; error: string }>([
    { name: 'a wrong key', overrides: { OPENAI_API_KEY: 'wrong' }, error: 'SourceRejectedError' },
    { name: 'a model that is not there', overrides: { EMBEDDINGS_MODEL: 'other' }, error: 'SourceRejectedError' },
  ])('are refused to $name', async ({ overrides, error }) => {
    await using opened = await openSource(overrides);

    await expect(opened.source.embed(['a'])).rejects.toMatchObject({ name: error });
  });
});
