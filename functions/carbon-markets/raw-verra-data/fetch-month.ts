import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resultKey } from '../../../lib/artifact/result-key.ts';
import { InvalidDataError } from '../../../lib/errors.ts';
import { loadRows } from '../../../lib/table/load-rows.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { type IssuanceWindow, windowOfMonth } from '../issuance-window.ts';
import { openVerraClient } from '../verra-client.ts';
import { dryRunSearch } from './dry-run-search.ts';
import { type MonthPart, monthPart, plannedMonth } from './month-part.ts';
import { searchCompletely } from './search-completely.ts';
import { partColumns, type RawVerraRow, readRecord } from './verra-record.ts';

/** Fetches the blocks issued in one month, sets aside what is no block, and answers where both lie. */
export const fetchMonth = defineTask({ input: plannedMonth, output: monthPart }, async ({ month, dryRun }, context) => {
  const window = windowOfMonth(month);
  const search = dryRun ? dryRunSearch : (await openVerraClient(context)).searchIssued;
  const { rows, rejected, furtherKeys } = sift(await searchCompletely(search, window));
  refuseForeignDays(rows, window);
  const part: MonthPart = { month, key: await storeRows(context, month, rows), rows: rows.length, furtherKeys };
  context.log.info('fetched a month', { month, rows: rows.length, rejected: rejected.length, furtherKeys });
  if (rejected.length === 0) return part;
  return { ...part, rejected: { key: await storeRejected(context, month, rejected), records: rejected.length } };
});

export const handler = lambdaHandler(fetchMonth);

interface RejectedRecord {
  readonly reasons: readonly string[];
  readonly record: unknown;
}

function sift(records: readonly unknown[]) {
  const rows: RawVerraRow[] = [];
  const rejected: RejectedRecord[] = [];
  const furtherKeys = new Set<string>();
  for (const record of records) {
    const read = readRecord(record);
    if ('reasons' in read) {
      rejected.push({ reasons: read.reasons, record });
    } else {
      rows.push(read.row);
      for (const key of read.furtherKeys) furtherKeys.add(key);
    }
  }
  return { rows, rejected, furtherKeys: [...furtherKeys].sort() };
}

/** A registry that no longer knows the filter would answer everything every month. */
function refuseForeignDays(rows: readonly RawVerraRow[], { from, to }: IssuanceWindow): void {
  const foreign = rows.find(({ issuance_date: day }) => String(day) < from || String(day) > to);
  if (!foreign) return;
  throw new InvalidDataError(
    `the registry was asked for blocks issued from ${from} to ${to} and answered ${foreign.serial_number}, issued on ${foreign.issuance_date}`,
  );
}

/** The month is part of the key: where the context does not tell a task its place in the Map, months stay apart. */
async function storeRows(context: TaskContext, month: string, rows: readonly RawVerraRow[]): Promise<string> {
  const file = join(context.workFolder, 'rows.parquet');
  await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal });
  await loadRows(sql, { name: 'month', columns: partColumns }, rows);
  await writeParquet(sql, 'FROM month', file);
  const key = resultKey(context, `${month}.parquet`);
  await context.artifacts.upload(key, file);
  return key;
}

async function storeRejected(
  context: TaskContext,
  month: string,
  rejected: readonly RejectedRecord[],
): Promise<string> {
  const file = join(context.workFolder, 'rejected.jsonl');
  await writeFile(file, rejected.map((each) => `${JSON.stringify(each)}\n`).join(''));
  const key = resultKey(context, `${month}.jsonl`);
  await context.artifacts.upload(key, file);
  return key;
}
