import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSha256 } from '../../../lib/artifact/file-sha256.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { downloadInput } from '../../../lib/task/pinned-input.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { openDatasetTarget } from './dataset-target.ts';
import { fileToPublish, formats, publishedFile } from './published-file.ts';

/** Copies one table to the public place, as Parquet or as JSON Lines. */
export const uploadFile = defineTask(
  { input: fileToPublish, output: publishedFile },
  async ({ table, format }, context) => {
    const parquetFile = await downloadInput(context, table);
    const path = format === 'parquet' ? parquetFile : await asJsonLines(context, parquetFile);
    const { extension, contentType } = formats[format];
    const file = `${table.name}.${extension}`;
    const target = await openDatasetTarget(context);
    const url = await target.put(file, path, contentType);
    return { table, format, file, bytes: (await stat(path)).size, sha256: await fileSha256(path), url };
  },
);

export const handler = lambdaHandler(uploadFile);

async function asJsonLines({ workFolder, signal }: TaskContext, parquetFile: string): Promise<string> {
  const path = join(workFolder, 'rows.jsonl');
  await using sql = await openSql({ workFolder, signal });
  await sql.run(`COPY (FROM read_parquet(${quoteText(parquetFile)})) TO ${quoteText(path)} (FORMAT json)`);
  return path;
}
