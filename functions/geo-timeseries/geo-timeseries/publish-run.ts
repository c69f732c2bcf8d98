import { dirname, join } from 'node:path';
import * as z from 'zod';
import { publishArtifact } from '../../../lib/artifact/publish.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { parquet } from '../aggregate-dataset.ts';
import { geoTimeseriesFiles, taskMemoryMiB } from '../geo-timeseries-files.contract.ts';
import { lookPage } from '../look-page/look-page.ts';
import { runFilesIn } from '../look-page/run-files.ts';
import type { OutputFile } from '../output-file.ts';
import { outputSummary } from '../output-summary.ts';
import { outputWriter } from '../output-writer.ts';
import { factsOf } from '../run-facts.ts';
import { cellsIn, filesPrefix, keysOf, type RunPlan, readPlan } from '../run-plan.ts';
import { movePointer } from '../run-pointer.ts';
import { runResults } from '../run-results.ts';
import { unitDone } from '../unit-done.ts';

const order = z.object({ planKey: z.string(), units: z.array(unitDone) });

const published = z.object({
  outputUrl: z.string(),
  /** A page that shows what is below the output URL; beside it. */
  lookUrl: z.string(),
  bucket: z.string(),
  pointerKey: z.string(),
  files: z.int(),
  bytes: z.int(),
  warnings: z.array(z.string()),
  publication: z.record(z.string(), z.json()),
});

/** Writes `results.json`, publishes the list of all files, and moves the run's pointer to them: last, and at once. */
export const publishRun = defineTask({ input: order, output: published }, async ({ planKey, units }, context) => {
  const { artifacts, workFolder, signal } = context;
  const plan = await readPlan(artifacts, planKey);
  await using sql = await openSql({ workFolder, memoryMiB: taskMemoryMiB.publish / 2, threads: 1, signal });
  await writeResults(context, sql, plan, units);
  const { dataFile, files, bytes } = await listFiles(context, sql, plan);
  const publication = await publishArtifact(context, geoTimeseriesFiles, {
    dataFile,
    inputs: [],
    sourceWindow: { model_id: plan.request.model_id, run_id: plan.request.run_id },
    notes: plan.warnings,
  });
  for (const warning of plan.warnings) context.log.warn(warning);
  // when the same files were there before, readers may stay with those
  const prefix = filesPrefix(publication.version);
  const lookKey = await writeLookPage(context, plan, prefix);
  const outputUrl = `${artifacts.url}/${prefix}`;
  const lookUrl = `${artifacts.url}/${lookKey}`;
  const pointerKey = await movePointer(context, plan, { version: publication.version, outputUrl });
  return { outputUrl, lookUrl, bucket: plan.bucket, pointerKey, files, bytes, warnings: plan.warnings, publication };
});

export const handler = lambdaHandler(publishRun);

async function writeLookPage({ artifacts }: TaskContext, plan: RunPlan, prefix: string): Promise<string> {
  const { model_id: modelId, run_id: runId } = plan.request;
  const page = await lookPage(runFilesIn(artifacts, prefix), {
    title: `${modelId} / ${runId}`,
    keys: keysOf(plan),
    features: plan.features,
    maxPrecision: plan.maxPrecision,
  });
  const key = `${dirname(prefix)}/look.html`;
  await artifacts.write(key, page);
  return key;
}

async function writeResults(
  context: TaskContext,
  sql: Sql,
  plan: RunPlan,
  units: readonly z.output<typeof unitDone>[],
): Promise<void> {
  if (plan.skipped.record_results) return;
  const cellsFile = join(context.workFolder, 'all.parquet');
  await context.artifacts.download(plan.cells.all, cellsFile);
  const cells = cellsIn(plan, parquet(cellsFile));
  const summary = plan.computeSummary ? await outputSummary(sql, cells, plan.request) : null;
  const file = runResults(factsOf(plan, units, summary), {
    configuration: { skipped: skippedTiles(plan) },
    keys: keysOf(plan),
  });
  const writer = outputWriter(context.artifacts, filesPrefix(plan.version));
  await writer.write(one(file), 'record_results');
  await writer.end(`${plan.listsPrefix}/results.jsonl`);
}

function skippedTiles({ skipped }: RunPlan) {
  const isSkipped = (task: string) => skipped[task] ?? false;
  return {
    compute_global_timeseries: isSkipped('compute_global_timeseries'),
    compute_regional_stats: isSkipped('compute_regional_stats'),
    compute_regional_timeseries: isSkipped('compute_regional_timeseries'),
    compute_regional_aggregation: isSkipped('compute_regional_aggregation'),
    compute_tiles: isSkipped('compute_tiles'),
    record_results: isSkipped('record_results'),
  };
}

async function* one(file: OutputFile): AsyncGenerator<OutputFile> {
  yield file;
}

/** The lists of all units as one table, by key. */
async function listFiles({ artifacts, workFolder }: TaskContext, sql: Sql, { listsPrefix }: RunPlan) {
  const lists: string[] = [];
  for await (const { key } of artifacts.list(`${listsPrefix}/`)) {
    const file = join(workFolder, `list-${lists.length}.jsonl`);
    await artifacts.download(key, file);
    lists.push(quoteText(file));
  }
  const columns = "{key: 'VARCHAR', output_task: 'VARCHAR', bytes: 'BIGINT', sha256: 'VARCHAR'}";
  await sql.run(`CREATE TABLE files AS
    SELECT * FROM read_json([${lists.join(', ')}], format = 'newline_delimited', columns = ${columns})`);
  const dataFile = join(workFolder, 'files.parquet');
  const files = await writeParquet(sql, 'SELECT *, key AS place FROM files', dataFile, { orderedBy: ['place'] });
  const [total] = await sql.rows('SELECT coalesce(sum(bytes), 0)::BIGINT AS bytes FROM files');
  return { dataFile, files, bytes: Number(total?.bytes) };
}
