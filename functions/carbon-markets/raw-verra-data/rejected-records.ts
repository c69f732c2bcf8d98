import { rejectedKey, versionOf } from '../../../lib/artifact/key.ts';
import { InvalidDataError } from '../../../lib/errors.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { rawVerraData } from '../raw-verra-data.contract.ts';
import type { MonthPart } from './month-part.ts';

/** Largest share of the registry's records that may be malformed: as many rows as the drift rule lets go. */
const toleratedShare = 0.01;

/**
 * Keeps the records that are no rows, with the reasons, beside the version that is published without them.
 *
 * @returns a note for the manifest; undefined when every record is a row
 * @throws {InvalidDataError} they are more than is tolerated
 */
export async function keepRejectedRecords(
  parts: readonly MonthPart[],
  context: TaskContext,
): Promise<string | undefined> {
  const withRejected = parts.flatMap((part) => (part.rejected ? [part.rejected] : []));
  if (withRejected.length === 0) return undefined;
  const lines = await Promise.all(withRejected.map(async ({ key }) => (await context.artifacts.read(key)).bytes));
  const keptKey = rejectedKey(rawVerraData.name, versionOf(context), 'records.jsonl');
  await context.artifacts.write(keptKey, Buffer.concat(lines));

  const rejected = withRejected.reduce((sum, { records }) => sum + records, 0);
  const all = parts.reduce((sum, { rows }) => sum + rows, rejected);
  const note = `${rejected} of ${all} records of the registry are malformed and left out; ${keptKey} holds them with the reasons`;
  if (rejected <= all * toleratedShare) return note;
  throw new InvalidDataError(`${note}; at most ${toleratedShare * 100} % are tolerated`);
}
