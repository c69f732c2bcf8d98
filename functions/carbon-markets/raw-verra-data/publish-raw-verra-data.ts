import { join } from 'node:path';
import * as z from 'zod';
import { publishArtifact } from '../../../lib/artifact/publish.ts';
import { columns } from '../../../lib/contract.ts';
import { selectColumns } from '../../../lib/table/contract-schema.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { accepted } from '../flow-inputs.contract.ts';
import { publication } from '../publication.ts';
import { rawVerraData } from '../raw-verra-data.contract.ts';
import { type MonthPart, monthPart } from './month-part.ts';
import { keepRejectedRecords } from './rejected-records.ts';

const fetchedMonths = z.object({
  dryRun: z.boolean(),
  parts: z.tuple([monthPart], monthPart),
  accept: accepted,
});

const order = columns({ filename: 'string', file_row_number: 'int' });

/** Joins the months in their order into one table and publishes it, unless too many records are no rows. */
export const publishRawVerraData = defineTask(
  { input: fetchedMonths, output: publication },
  async ({ dryRun, parts, accept }, context) => {
    const notes = [
      dryRun ? 'made from the records that come with the code (dryRun), not from the registry' : undefined,
      noteOnFurtherFields(parts),
      await keepRejectedRecords(parts, context),
    ].filter((note) => note !== undefined);
    for (const note of notes) context.log.warn(note);
    const [first, ...others] = parts;
    return await publishArtifact(context, rawVerraData, {
      dataFile: await joinParts(parts, context),
      inputs: [],
      sourceWindow: { fromMonth: first.month, toMonth: (others.at(-1) ?? first).month },
      notes,
      accept,
    });
  },
);

export const handler = lambdaHandler(publishRawVerraData);

async function joinParts(parts: readonly MonthPart[], { artifacts, workFolder, signal }: TaskContext): Promise<string> {
  const files = parts.map((part) => ({ key: part.key, path: join(workFolder, `${part.month}.parquet`) }));
  await Promise.all(files.map(({ key, path }) => artifacts.download(key, path)));
  const dataFile = join(workFolder, 'data.parquet');
  await using sql = await openSql({ workFolder, signal });
  const paths = files.map(({ path }) => quoteText(path)).join(', ');
  const months = `read_parquet([${paths}], filename = true, file_row_number = true)`;
  // the files are named after their months, so their names sort as the months do
  const query = selectColumns([...rawVerraData.columns, ...order], months);
  await writeParquet(sql, query, dataFile, { orderedBy: order.map(({ name }) => name) });
  return dataFile;
}

/** The table has no column for them; a month's file has their values until it expires. */
function noteOnFurtherFields(parts: readonly MonthPart[]): string | undefined {
  const keys = new Set(parts.flatMap((part) => part.furtherKeys));
  if (keys.size === 0) return undefined;
  return `the registry has fields that ${rawVerraData.name} has no column for: ${[...keys].sort().join(', ')}`;
}
