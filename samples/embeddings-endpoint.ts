import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { SampleAnswer, SampleRequest, SampleSource } from './sample-source.ts';

const path = '/openai/v1/embeddings';
const apiKey = 'sample-openai-key';
const dimensions = 64;

/** Its vectors are made from hashes of words; whoever reads them shall not take them for a model's. */
export const standInModel = `stand-in-hashed-words-${dimensions}`;

const requestBody = z.object({
  model: z.string(),
  input: z.array(z.string().min(1)).min(1).max(2048),
});

export interface EmbeddingsEndpointOptions {
  /** The status that a request fails with, by its position from 1. @default a 429 now and then */
  readonly faultAt?: (requestCount: number) => 429 | 500 | undefined;
}

/**
 * Answers like an OpenAI-compatible endpoint for embeddings.
 *
 * A vector counts a text's words by their hashes: deterministic, and texts that share words lie near to one another.
 */
export function embeddingsEndpoint(options: EmbeddingsEndpointOptions = {}): SampleSource {
  let requestCount = 0;
  return {
    name: 'embeddings-endpoint',
    settings: (baseUrl) => ({
      EMBEDDINGS_API_URL: `${baseUrl}/openai/v1`,
      EMBEDDINGS_MODEL: standInModel,
      OPENAI_API_KEY: apiKey,
    }),
    answer(request) {
      if (request.url.pathname !== path) return undefined;
      if (request.headers.authorization !== `Bearer ${apiKey}`) return problem(401, 'incorrect API key provided');
      requestCount += 1;
      const fault = options.faultAt ? options.faultAt(requestCount) : nowAndThen(requestCount);
      if (fault) return { ...problem(fault, 'try again later'), headers: { 'retry-after': '1' } };
      return embed(request);
    },
  };
}

function embed(request: SampleRequest): SampleAnswer {
  const body = requestBody.safeParse(parsed(request.body));
  if (!body.success) return problem(400, z.prettifyError(body.error));
  const { model, input } = body.data;
  if (model !== standInModel) return problem(404, `the model '${model}' does not exist; there is '${standInModel}'`);
  const data = input.map((text, index) => ({ object: 'embedding', index, embedding: hashedWords(text) }));
  return { status: 200, body: { object: 'list', model, data } };
}

function hashedWords(text: string): number[] {
  const counts = Array.from({ length: dimensions }, () => 0);
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
    const hash = createHash('sha256').update(word).digest();
    const place = hash.readUInt16BE(0) % dimensions;
    counts[place] = (counts[place] ?? 0) + (hash.readUInt8(2) % 2 === 0 ? 1 : -1);
  }
  const length = Math.hypot(...counts) || 1;
  return counts.map((count) => Number((count / length).toFixed(6)));
}

function nowAndThen(requestCount: number): 429 | undefined {
  return requestCount % 7 === 0 ? 429 : undefined;
}

function problem(status: number, message: string): SampleAnswer {
  return { status, body: { error: { message } } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON is a body of another shape
  }
}
