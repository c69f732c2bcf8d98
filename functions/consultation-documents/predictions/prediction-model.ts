import * as z from 'zod';
import { InvalidDataError } from '../../../lib/errors.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import type { SecretSource } from '../../../lib/secret/secret-source.ts';
import { httpSource, type SourceCaller } from '../../../lib/source/http-source.ts';

/** Which model answers; a stand-in says so in its name. */
export const modelDescription = z.object({
  name: z.string(),
  version: z.string(),
  uri: z.string(),
  metadata: z.record(z.string(), z.json()),
});

export type ModelDescription = z.infer<typeof modelDescription>;

/** Something that gives each record a score, from 0 to 1, for each label that it knows. */
export interface PredictionModel {
  readonly description: ModelDescription;
  /** One answer for each record, in their order. */
  predict(records: readonly JsonObject[]): Promise<readonly Readonly<Record<string, number>>[]>;
}

/** Scores types of documents; its records are the columns of `documentRecordsQuery`. */
export type DocumentTypeModel = PredictionModel;

/** Scores topics of consultations; its records hold one `embedding`: title, mean of the documents, organisation. */
export type ConsultationTopicModel = PredictionModel;

const scores = z.record(z.string(), z.number().min(0).max(1));
const answer = z.object({ predictions: z.array(scores) });
const timeoutMs = 120_000;

export interface ServedModel {
  /** As it stands in sentences. */
  readonly what: string;
  /** The setting with its base URL. */
  readonly urlSetting: string;
  /** What it may answer. */
  readonly labels: readonly string[];
}

/**
 * A model behind a server that speaks MLflow's scoring protocol (`POST /invocations` with `dataframe_records`), and
 * says at `GET /model` which model it is.
 */
export async function servedModel(
  caller: SourceCaller & { readonly settings: SecretSource; readonly secrets: SecretSource },
  { what, urlSetting, labels }: ServedModel,
): Promise<PredictionModel> {
  const baseUrl = await caller.settings.get(urlSetting);
  const server = httpSource(caller, { name: what, baseUrl, headers: await credentials(caller.secrets), timeoutMs });
  const description = await server.json({ path: '/model' }, modelDescription);
  return {
    description,
    async predict(records) {
      const body: Json = { dataframe_records: [...records] };
      const { predictions } = await server.json({ method: 'POST', path: '/invocations', body }, answer);
      if (predictions.length !== records.length) {
        throw new InvalidDataError(`${what} answered ${predictions.length} predictions to ${records.length} records`);
      }
      const unknown = new Set(
        predictions.flatMap((each) => Object.keys(each)).filter((label) => !labels.includes(label)),
      );
      if (unknown.size === 0) return predictions;
      throw new InvalidDataError(
        `${what} answered the labels ${[...unknown].join(', ')}; known labels: ${labels.join(', ')}`,
      );
    },
  };
}

async function credentials(secrets: SecretSource): Promise<Record<string, string>> {
  const user = await secrets.find('MLFLOW_TRACKING_USERNAME');
  const password = await secrets.find('MLFLOW_TRACKING_PASSWORD');
  if (user === undefined || password === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
