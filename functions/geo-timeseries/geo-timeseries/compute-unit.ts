import { join } from 'node:path';
import * as z from 'zod';
import { openSql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { parquet } from '../aggregate-dataset.ts';
import { taskMemoryMiB } from '../geo-timeseries-files.contract.ts';
import { outputWriter } from '../output-writer.ts';
import { cellsIn, filesPrefix, readPlan } from '../run-plan.ts';
import { unitDone } from '../unit-done.ts';
import { outputTaskOf, unitOutputs } from '../unit-outputs.ts';

const order = z.object({ planKey: z.string(), index: z.int() });

/** Makes the files of one unit of work from the cells of its resolution, and answers how many there are. */
export const computeUnit = defineTask({ input: order, output: unitDone }, async ({ planKey, index }, context) => {
  const { artifacts, workFolder, signal } = context;
  const plan = await readPlan(artifacts, planKey);
  const unit = plan.units[index];
  if (!unit) throw new Error(`the plan '${planKey}' has no unit ${index}`);
  const cellsFile = join(workFolder, 'cells.parquet');
  await artifacts.download(plan.cells[unit.resolution], cellsFile);
  // one thread, so that sums are added in the same order every time; units run beside one another instead
  await using sql = await openSql({ workFolder, memoryMiB: taskMemoryMiB.unit / 2, threads: 1, signal });
  const writer = outputWriter(artifacts, filesPrefix(plan.version));
  const seriesSizes: Record<string, number> = {};
  const files = unitOutputs(unit, {
    sql,
    plan,
    cells: cellsIn(plan, parquet(cellsFile)),
    onSeriesSize: (feature, periods) => {
      seriesSizes[feature] = periods;
    },
  });
  await writer.write(files, outputTaskOf[unit.kind]);
  const written = await writer.end(`${plan.listsPrefix}/${index}.jsonl`);
  context.log.info('made the files of a unit', { kind: unit.kind, resolution: unit.resolution, ...written });
  return { index, ...written, ...(unit.kind === 'global-series' ? { sizes: { [unit.resolution]: seriesSizes } } : {}) };
});

export const handler = lambdaHandler(computeUnit);
