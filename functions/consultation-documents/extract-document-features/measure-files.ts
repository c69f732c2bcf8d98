import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { documentFeatures } from '../document-features.contract.ts';
import { type Measurement, openPdfMeter, type PdfMeter } from '../pdf-features/pdf-meter.ts';
import { openPlatformFiles, type PlatformFiles } from '../platform-files.ts';
import { isBatchDone, readBatch, storeDone } from '../work-list.ts';
import { fileToMeasure } from './feature-plan.ts';

const fileBatch = z.object({ folder: z.string(), batch: z.int().nonnegative() });
const outcome = z.object({ failed: z.int().nonnegative() });

/** What one file may take; a text can be read from bigger ones, figures are not worth more. */
const maxBytes = 100 * 2 ** 20;
const limits = { seconds: 30, memoryMiB: 1_024 };

/** Measures the files of one batch; one that cannot be read gives no row, and is tried again by the next execution. */
export const measureFiles = defineTask({ input: fileBatch, output: outcome }, async ({ folder, batch }, context) => {
  if (await isBatchDone(context, folder, batch)) return { failed: 0 };
  const files = await openPlatformFiles(context);
  await using meter = openPdfMeter(limits);
  const rows = [];
  const items = await readBatch(context, { folder, batch }, fileToMeasure);
  for (const { stored_file_path: path, ...key } of items) {
    const measured = await measure(path, { files, meter, context });
    if ('features' in measured) rows.push({ ...key, ...measured.features });
    else context.log.warn('not measured', { document: key.document_uuid, path, problem: measured.problem });
  }
  await storeDone(context, { folder, batch, columns: documentFeatures.columns }, rows);
  return { failed: items.length - rows.length };
});

export const handler = lambdaHandler(measureFiles);

async function measure(
  path: string,
  { files, meter, context }: { files: PlatformFiles; meter: PdfMeter; context: TaskContext },
): Promise<Measurement> {
  const file = join(context.workFolder, 'file.pdf');
  const download = await files.download(path, file, { maxBytes });
  if (download.kind !== 'saved') return { problem: `${download.kind}: ${download.detail}` };
  const measured = await meter.measure(file, context.signal);
  await rm(file);
  return measured;
}
