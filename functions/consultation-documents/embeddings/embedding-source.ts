import * as z from 'zod';
import { InvalidDataError } from '../../../lib/errors.ts';
import type { SecretSource } from '../../../lib/secret/secret-source.ts';
import { httpSource, type SourceCaller } from '../../../lib/source/http-source.ts';

/** Something that turns texts into vectors. */
export interface EmbeddingSource {
  /** Whose vectors these are; vectors of different models cannot be compared. */
  readonly model: string;
  /** One vector for each text, in their order, all of the same length. Texts must not be blank. */
  embed(texts: readonly string[]): Promise<readonly (readonly number[])[]>;
}

/** @see the specification of consultation-documents, section 7.2 */
const defaultModel = 'text-embedding-3-large';
const timeoutMs = 60_000;

const answer = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});

/** The model that this environment embeds with. */
export async function embeddingModel(settings: SecretSource): Promise<string> {
  return (await settings.find('EMBEDDINGS_MODEL')) ?? defaultModel;
}

/** An endpoint that speaks OpenAI's protocol: OpenAI itself, or what `EMBEDDINGS_API_URL` names. */
export async function openAiEmbeddings(
  caller: SourceCaller & { readonly settings: SecretSource; readonly secrets: SecretSource },
): Promise<EmbeddingSource> {
  const model = await embeddingModel(caller.settings);
  const endpoint = httpSource(caller, {
    name: 'the embeddings endpoint',
    baseUrl: (await caller.settings.find('EMBEDDINGS_API_URL')) ?? 'https://api.openai.com/v1',
    headers: { authorization: `Bearer ${await caller.secrets.get('OPENAI_API_KEY')}` },
    timeoutMs,
  });
  return {
    model,
    async embed(texts) {
      const body = { model, input: [...texts], encoding_format: 'float' };
      const { data } = await endpoint.json({ method: 'POST', path: '/embeddings', body }, answer);
      return inOrder(data, texts.length);
    },
  };
}

function inOrder(data: z.infer<typeof answer>['data'], count: number): number[][] {
  const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
  const length = vectors[0]?.length;
  if (vectors.length === count && vectors.every((vector) => vector.length === length)) return vectors;
  const lengths = [...new Set(vectors.map((vector) => vector.length))].join(', ');
  throw new InvalidDataError(
    `the embeddings endpoint answered ${vectors.length} vectors of length ${lengths} to ${count} texts; one for each is needed, all of one length`,
  );
}
