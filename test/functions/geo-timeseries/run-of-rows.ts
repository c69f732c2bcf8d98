import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { geoTimeseriesInput } from '../../../functions/geo-timeseries/flow-inputs.contract.ts';
import { computeUnit } from '../../../functions/geo-timeseries/geo-timeseries/compute-unit.ts';
import { planRun } from '../../../functions/geo-timeseries/geo-timeseries/plan-run.ts';
import { publishRun } from '../../../functions/geo-timeseries/geo-timeseries/publish-run.ts';
import { type RunPlan, readPlan } from '../../../functions/geo-timeseries/run-plan.ts';
import type { unitDone } from '../../../functions/geo-timeseries/unit-done.ts';
import type { Json } from '../../../lib/json.ts';
import { fixedSource } from '../../../lib/secret/fixed-source.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { openSql } from '../../../lib/table/sql.ts';
import type { Task } from '../../../lib/task/define-task.ts';
import { testContext } from '../../support/test-world.ts';

const results = z.object({
  data_info: z.record(z.string(), z.json()),
  output_agg_values: z.array(z.record(z.string(), z.json())).optional(),
});

/** What a run made of some rows. */
export interface RunOfRows {
  readonly plan: RunPlan;
  /** Below the run's own prefix. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Empty where the original writes none. */
  readonly results: z.output<typeof results>;
  text(key: string): string;
}

/** Takes the rows of a query through the tasks of the flow, one after the other and without an engine. */
export async function runOfRows(
  query: string,
  request: Readonly<Record<string, Json>> = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<RunOfRows> {
  const workFolder = await mkdtemp(join(tmpdir(), 'run-of-rows-'));
  try {
    const dataset = join(workFolder, 'dataset.parquet');
    await writeDataset(query, dataset);
    const context = testContext({ settings: fixedSource(settings) });
    const run = async <I extends z.ZodType, O extends z.ZodType>(task: Task<I, O>, input: z.input<I>) => {
      const folder = await mkdtemp(join(workFolder, 'task-'));
      return task.output.parse(await task.run(task.input.parse(input), { ...context, workFolder: folder }));
    };
    const input = { model_id: 'm', run_id: 'r', data_paths: [dataset], ...request };
    const { planKey, unitCount } = await run(planRun, geoTimeseriesInput.parse(input));
    const units: z.output<typeof unitDone>[] = [];
    for (let index = 0; index < unitCount; index += 1) units.push(await run(computeUnit, { planKey, index }));
    const { outputUrl } = await run(publishRun, { planKey, units });

    const prefix = `${outputUrl.slice(outputUrl.indexOf('artifacts/'))}/m/r/`;
    const files = new Map<string, Uint8Array>();
    for await (const { key } of context.artifacts.list(prefix)) {
      files.set(key.slice(prefix.length), (await context.artifacts.read(key)).bytes);
    }
    const text = (key: string) => Buffer.from(files.get(key) ?? '').toString();
    const plan = await readPlan(context.artifacts, planKey);
    return {
      plan,
      files,
      text,
      results: results.parse(JSON.parse(text('results/results.json') || '{"data_info": {}}')),
    };
  } finally {
    await rm(workFolder, { recursive: true });
  }
}

async function writeDataset(query: string, file: string): Promise<void> {
  await using sql = await openSql({ workFolder: join(file, '..'), memoryMiB: 256, threads: 1 });
  await sql.run(`COPY (${query}) TO ${quoteText(file)} (FORMAT parquet)`);
}
