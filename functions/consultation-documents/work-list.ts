import { join } from 'node:path';
import * as z from 'zod';
import { resultKey } from '../../lib/artifact/result-key.ts';
import type { Column } from '../../lib/contract.ts';
import type { Row } from '../../lib/table/cell.ts';
import { type LoadableRows, loadRows } from '../../lib/table/load-rows.ts';
import { openSql } from '../../lib/table/sql.ts';
import { writeParquet } from '../../lib/table/write-parquet.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';

/**
 * Work that a Map does batch by batch: what to do lies in one file for each, and so does what came of it.
 *
 * States hand on this and a batch's number, so payloads stay small whatever there is to do.
 */
export const workList = z.object({
  /** What the keys of its files start with, below `results/`. */
  folder: z.string(),
  batches: z.int().nonnegative(),
  items: z.int().nonnegative(),
});

export type WorkList = z.infer<typeof workList>;

/** Stores rows as a list of batches, one after the other, in bounded memory. */
export async function storeWorkList(
  context: TaskContext,
  pieces: AsyncIterable<readonly Row[]>,
  rowsPerBatch: number,
): Promise<WorkList> {
  const folder = resultKey(context, 'work');
  let waiting: Row[] = [];
  let batches = 0;
  let items = 0;
  const store = async (rows: readonly Row[]) => {
    await context.artifacts.write(workKey(folder, batches), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    batches += 1;
    items += rows.length;
  };
  for await (const rows of pieces) {
    waiting.push(...rows);
    for (; waiting.length >= rowsPerBatch; waiting = waiting.slice(rowsPerBatch)) {
      await store(waiting.slice(0, rowsPerBatch));
    }
  }
  if (waiting.length > 0) await store(waiting);
  return { folder, batches, items };
}

/** What there is to do in one batch. */
export async function readBatch<Item extends z.ZodType>(
  { artifacts }: TaskContext,
  { folder, batch }: { folder: string; batch: number },
  item: Item,
): Promise<z.output<Item>[]> {
  const { bytes } = await artifacts.read(workKey(folder, batch));
  const lines = Buffer.from(bytes).toString('utf8').trimEnd().split('\n');
  return lines.map((line) => item.parse(JSON.parse(line)));
}

/** Whether an earlier attempt has done this batch. */
export async function isBatchDone({ artifacts }: TaskContext, folder: string, batch: number): Promise<boolean> {
  return (await artifacts.head(doneKey(folder, batch))) !== undefined;
}

/** Stores what came of one batch. */
export async function storeDone(
  context: TaskContext,
  { folder, batch, columns }: { folder: string; batch: number; columns: readonly Column[] },
  rows: LoadableRows,
): Promise<void> {
  const file = join(context.workFolder, 'done.parquet');
  await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal, threads: 1 });
  await loadRows(sql, { name: 'done', columns }, rows);
  await writeParquet(sql, 'FROM done', file);
  await context.artifacts.upload(doneKey(folder, batch), file);
}

/** Downloads what came of every batch and answers the files in their order. */
export async function fetchDone(
  { artifacts, workFolder }: TaskContext,
  { folder, batches }: WorkList,
): Promise<string[]> {
  const files: string[] = [];
  for (let batch = 0; batch < batches; batch += 1) {
    const file = join(workFolder, `done-${fiveDigits(batch)}.parquet`);
    await artifacts.download(doneKey(folder, batch), file);
    files.push(file);
  }
  return files;
}

function workKey(folder: string, batch: number): string {
  return `${folder}/${fiveDigits(batch)}.jsonl`;
}

function doneKey(folder: string, batch: number): string {
  return `${folder}/${fiveDigits(batch)}.done.parquet`;
}

function fiveDigits(batch: number): string {
  return String(batch).padStart(5, '0');
}
