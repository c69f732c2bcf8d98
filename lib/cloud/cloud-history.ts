import { GetExecutionHistoryCommand, type GetExecutionHistoryCommandOutput, type SFNClient } from '@aws-sdk/client-sfn';
import type { Clock } from '../clock.ts';
import type { HistoryEvent } from '../execution/history-event.ts';
import { isEnding, toHistoryEvent } from './history-events.ts';

const pageSize = 1000;
const firstPauseMs = 1000;
const longestPauseMs = 5000;

/** One page of a history: as {@link GetExecutionHistoryCommand} answers it. */
type ReadPage = (token: string | undefined) => Promise<GetExecutionHistoryCommandOutput>;

/**
 * The events of an execution, from the first on; with `follow`, until it ends or the signal aborts.
 *
 * The service has no subscription: the last page is read again, more seldom the longer nothing happens.
 */
export async function* readHistory(
  readPage: ReadPage,
  options: { clock: Clock; follow: boolean; signal?: AbortSignal },
): AsyncGenerator<HistoryEvent> {
  let token: string | undefined;
  let last: HistoryEvent | undefined;
  let pauseMs = firstPauseMs;
  while (!options.signal?.aborted) {
    const page = await readPage(token);
    const fresh = (page.events ?? []).map(toHistoryEvent).filter(({ id }) => id > (last?.id ?? 0));
    yield* fresh;
    last = fresh.at(-1) ?? last;
    if (page.nextToken !== undefined) {
      token = page.nextToken;
      continue;
    }
    if (!options.follow || (last && isEnding(last))) return;
    pauseMs = fresh.length > 0 ? firstPauseMs : Math.min(longestPauseMs, pauseMs * 2);
    await pause(options.clock, pauseMs, options.signal);
  }
}

/** A call that reads one page of an execution's history. */
export function historyPages(client: SFNClient, executionArn: string): ReadPage {
  return (nextToken) =>
    client.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: pageSize, includeExecutionData: true, nextToken }),
    );
}

async function pause(clock: Clock, durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(durationMs, signal);
  } catch (error) {
    // an aborted follower just stops reading; it has no one to report to
    if (!signal?.aborted) throw error;
  }
}
