import { join } from 'node:path';
import { versionsPrefix } from '../../../lib/artifact/key.ts';
import type { PinnedArtifact } from '../../../lib/artifact/manifest.ts';
import { type Publication, publishArtifact } from '../../../lib/artifact/publish.ts';
import type { ArtifactContract } from '../../../lib/contract.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { loadRows } from '../../../lib/table/load-rows.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import type { LabelScore } from './label-scores.ts';
import type { ModelDescription } from './prediction-model.ts';

/** What a model said about many subjects (documents, consultations). */
export interface Predictions {
  readonly model: ModelDescription;
  /** Of the vectors that it was asked with. */
  readonly embeddingModel: string;
  readonly inputs: readonly PinnedArtifact[];
  readonly filters: JsonObject;
  readonly outputs: readonly { readonly subject: string; readonly output: readonly LabelScore[] }[];
}

const formatVersion = 'v0.1';

/**
 * Publishes predictions as a table, one row for each subject and label, and writes them as the JSON file that the
 * platform reads: under the time of the execution, and as `latest.json`.
 *
 * @see the specification of consultation-documents, section 7.6
 */
export async function publishPredictions(
  context: TaskContext,
  contract: ArtifactContract,
  predictions: Predictions,
): Promise<Publication> {
  const { model, inputs, outputs } = predictions;
  const [subjectColumn = ''] = contract.columns.map(({ name }) => name);
  const dataFile = join(context.workFolder, 'data.parquet');
  await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal });
  const rows = outputs.flatMap(({ subject, output }) =>
    output.map((each, index) => ({ [subjectColumn]: subject, rank: index + 1, ...each, model: nameOf(model) })),
  );
  await loadRows(sql, { name: 'predictions', columns: contract.columns }, rows);
  await writeParquet(sql, 'FROM predictions ORDER BY 1, rank', dataFile);
  const notes = [`predicted by ${nameOf(model)} (${model.uri}) from vectors of '${predictions.embeddingModel}'`];
  const published = await publishArtifact(context, contract, { dataFile, inputs, notes });
  await writeForPlatform(context, published, platformFile(context, predictions, subjectColumn));
  return published;
}

/** Written for a new version; and for one whose execution ended before it was. */
async function writeForPlatform(
  { artifacts, executionStartedAt }: TaskContext,
  { artifact, status }: Publication,
  file: JsonObject,
): Promise<void> {
  const folder = `${versionsPrefix(artifact)}outputs`;
  const isThere = (await artifacts.head(`${folder}/latest.json`)) !== undefined;
  if (status === 'unchanged' && isThere) return;
  const text = `${JSON.stringify(file, null, 2)}\n`;
  await artifacts.write(`${folder}/${executionStartedAt.toISOString()}_${formatVersion}.json`, text);
  await artifacts.write(`${folder}/latest.json`, text);
}

function platformFile(
  { executionStartedAt }: TaskContext,
  { model, embeddingModel, inputs, filters, outputs }: Predictions,
  subjectColumn: string,
): JsonObject {
  return {
    generated_at: executionStartedAt.toISOString(),
    output_format_version: formatVersion,
    model: { ...model },
    features: { embedding_model: embeddingModel },
    input_files: inputs.map(({ name, version }) => ({ name, version })),
    input_filters: filters,
    outputs: outputs.map(({ subject, output }) => ({
      [subjectColumn]: subject,
      output: output.map(({ label, score }) => ({ label, score })),
    })),
  };
}

function nameOf({ name, version }: ModelDescription): string {
  return `${name} ${version}`;
}
