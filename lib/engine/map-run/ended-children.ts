import type { FailedChild, MapRunCounts } from '../../execution/map-run.ts';
import { childName } from './child-arn.ts';
import type { ChildEnd } from './journal.ts';

/** The field of the counts that a status adds to. */
export const countOf = { SUCCEEDED: 'succeeded', FAILED: 'failed', TIMED_OUT: 'timedOut', ABORTED: 'aborted' } as const;

/** How many children have ended how; one that was redriven counts as it ended last. */
export async function countEnds(ends: AsyncIterable<ChildEnd>): Promise<MapRunCounts> {
  const statuses = await lastStatuses(ends);
  const counts = { ...noCounts, total: statuses.size };
  for (const status of statuses.values()) counts[countOf[status]] += 1;
  return { ...counts, resultsWritten: counts.total - counts.aborted };
}

/**
 * The children that ended last in failure, in the order of their items.
 *
 * @param readEnds called twice: of all children only their statuses are held, or thousands of causes would be
 */
export async function failedIn(
  readEnds: () => AsyncIterable<ChildEnd>,
  { mapRunArn, limit }: { mapRunArn: string; limit: number },
): Promise<FailedChild[]> {
  const statuses = await lastStatuses(readEnds());
  const failed = [...statuses].filter(([, status]) => isFailed(status)).map(([index]) => index);
  const wanted = failed.sort((one, other) => one - other).slice(0, limit);
  const found = new Map(wanted.map((index): [number, FailedChild | undefined] => [index, undefined]));
  for await (const end of readEnds()) if (found.has(end.index)) found.set(end.index, failedChild(end, mapRunArn));
  return [...found.values()].filter((child) => child !== undefined);
}

async function lastStatuses(ends: AsyncIterable<ChildEnd>): Promise<Map<number, ChildEnd['status']>> {
  const statuses = new Map<number, ChildEnd['status']>();
  for await (const { index, status } of ends) statuses.set(index, status);
  return statuses;
}

function isFailed(status: ChildEnd['status']): status is FailedChild['status'] {
  return status === 'FAILED' || status === 'TIMED_OUT';
}

/** Undefined for a child that ended otherwise. */
function failedChild(end: ChildEnd, mapRunArn: string): FailedChild | undefined {
  const { index, status, inputText = '', error, cause } = end;
  if (!isFailed(status)) return undefined;
  return {
    name: childName({ mapRunArn, index }),
    index,
    status,
    inputText,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

/** The counts of a Map Run that has only begun. */
export const noCounts = {
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  aborted: 0,
  total: 0,
  resultsWritten: 0,
};
