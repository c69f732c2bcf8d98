import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { SampleAnswer, SampleRequest, SampleSource } from './sample-source.ts';

/** A made-up model: its labels, and how it says what it is. */
interface StandIn {
  readonly path: string;
  readonly urlSetting: string;
  readonly labels: readonly string[];
  readonly description: Readonly<Record<string, unknown>>;
  /** Scores of one record, from how near its vector lies to each label's. */
  readonly scores: (nearness: readonly number[]) => readonly number[];
}

const record = z.looseObject({ embedding: z.array(z.number()).min(1) });
const requestBody = z.object({ dataframe_records: z.array(record).min(1) });
const note = 'a stand-in for tries: its scores come from hashes and mean nothing';

const standIns: readonly StandIn[] = [
  {
    path: '/models/document-types',
    urlSetting: 'DOCUMENT_TYPE_MODEL_URL',
    labels: [
      ...['DRAFT', 'FINAL_REPORT', 'LETTER', 'OPINION', 'RECIPIENT_LIST', 'REPORT', 'RESPONSE_FORM', 'SURVEY'],
      ...['SYNOPTIC_TABLE', 'VARIOUS_TEXT'],
    ],
    description: {
      name: 'stand-in-document-types',
      version: '0',
      uri: 'samples:/document-types/0',
      metadata: { note },
    },
    scores: softmax,
  },
  {
    path: '/models/consultation-topics',
    urlSetting: 'CONSULTATION_TOPIC_MODEL_URL',
    labels: [
      ...['agriculture', 'education', 'energy', 'health', 'insurance'],
      ...['migration', 'political_system', 'sports', 'transportation'],
    ],
    description: {
      name: 'stand-in-consultation-topics',
      version: '0',
      uri: 'samples:/consultation-topics/0',
      metadata: { note, document_types: ['DRAFT', 'FINAL_REPORT', 'LETTER', 'REPORT'] },
    },
    scores: (nearness) => nearness.map((near) => 1 / (1 + Math.exp(-4 * near))),
  },
];

/** Answers like servers of the two models, by MLflow's scoring protocol; always the same to the same vector. */
export function predictionModels(): SampleSource {
  return {
    name: 'prediction-models',
    settings: (baseUrl) => Object.fromEntries(standIns.map(({ urlSetting, path }) => [urlSetting, baseUrl + path])),
    answer(request) {
      const standIn = standIns.find(({ path }) => request.url.pathname.startsWith(`${path}/`));
      if (!standIn) return undefined;
      const operation = request.url.pathname.slice(standIn.path.length);
      if (operation === '/model') return { status: 200, body: standIn.description };
      if (operation === '/invocations') return invoke(standIn, request);
      return { status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } };
    },
  };
}

function invoke({ labels, scores }: StandIn, request: SampleRequest): SampleAnswer {
  const body = requestBody.safeParse(parsed(request.body));
  if (!body.success) {
    return { status: 400, body: { error_code: 'BAD_REQUEST', message: z.prettifyError(body.error) } };
  }
  const predictions = body.data.dataframe_records.map(({ embedding }) => {
    const values = scores(labels.map((label) => nearness(label, embedding)));
    return Object.fromEntries(labels.map((label, index) => [label, values[index] ?? 0]));
  });
  return { status: 200, body: { predictions } };
}

/** A label's vector is its hash, again and again. */
function nearness(label: string, embedding: readonly number[]): number {
  const hash = createHash('sha256').update(label).digest();
  return embedding.reduce((sum, value, index) => sum + value * ((hash[index % hash.length] ?? 0) / 127.5 - 1), 0);
}

function softmax(values: readonly number[]): number[] {
  const powers = values.map((value) => Math.exp(value));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no JSON is a body of another shape
  }
}
