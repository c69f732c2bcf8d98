import { join } from 'node:path';
import * as z from 'zod';
import { publicationSchema, publishArtifact } from '../../../lib/artifact/publish.ts';
import { selectColumns } from '../../../lib/table/contract-schema.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { downloadInput } from '../../../lib/task/pinned-input.ts';
import { documentFeatures } from '../document-features.contract.ts';
import { fetchDone } from '../work-list.ts';
import { featurePlan } from './feature-plan.ts';

const output = publicationSchema.extend({ warnings: z.array(z.string()) });

/** Joins the new figures with those there were, and publishes them. */
export const publishFeatures = defineTask({ input: featurePlan, output }, async (plan, context) => {
  const { preprocessed, previous, work } = plan;
  const files = await fetchDone(context, work);
  if (previous) files.push(await downloadInput(context, previous));
  const knownRows = previous?.rows ?? 0;
  const dataFile = join(context.workFolder, 'data.parquet');
  await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal });
  // what is new was not known before, so no row of one file is in another
  const source = files.length > 0 ? `read_parquet([${files.map(quoteText).join(', ')}])` : noRows;
  const rows = `${selectColumns(documentFeatures.columns, source)} ORDER BY document_uuid, stored_file_hash`;
  const failed = work.items - ((await writeParquet(sql, rows, dataFile)) - knownRows);
  const warnings = failed > 0 ? [`${failed} of ${work.items} files could not be measured; the log names them`] : [];
  const published = await publishArtifact(context, documentFeatures, {
    dataFile,
    inputs: [preprocessed, ...(previous ? [previous] : [])],
    notes: [`${work.items - failed} files were measured with unpdf 1.8.1`, ...warnings],
  });
  return { ...published, warnings };
});

export const handler = lambdaHandler(publishFeatures);

const noRows = `(SELECT ${documentFeatures.columns.map(({ name }) => `NULL AS "${name}"`).join(', ')} WHERE false)`;
