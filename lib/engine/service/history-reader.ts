import { isTerminal } from '../../execution/execution.ts';
import type { HistoryEvent } from '../../execution/history-event.ts';
import type {
  GetExecutionHistoryRequest,
  GetExecutionHistoryResponse,
} from '../../execution/service/execution-operations.ts';
import type { ExecutionRecord } from '../execution-record.ts';
import type { LocalExecutions } from '../local-executions.ts';
import { apiHistoryEvent } from './api-history-event.ts';
import { invalidToken, placeIn, sizeOf, tokenFor } from './page-of.ts';

/** Texts of a page end it when together they are longer than this, in characters: payloads can be large. */
const maxPageLength = 4 * 1024 * 1024;

/** Answers one page of an execution's history. */
export type ReadHistory = (
  record: ExecutionRecord,
  request: GetExecutionHistoryRequest,
) => Promise<GetExecutionHistoryResponse>;

/** The history of the last ended execution that was read stays at hand: its pages are asked for one after another. */
export function createHistoryReader(executions: LocalExecutions): ReadHistory {
  let last: { readonly of: string; readonly events: readonly HistoryEvent[] } | undefined;
  const eventsOf = async (record: ExecutionRecord): Promise<readonly HistoryEvent[]> => {
    const of = `${record.arn} ${record.startDate} ${record.redriveCount}`;
    if (last?.of === of) return last.events;
    const events: HistoryEvent[] = [];
    for await (const event of executions.history(record.arn)) events.push(event);
    if (isTerminal(record)) last = { of, events };
    return events;
  };
  return async (record, request) => pageOfHistory(record.arn, await eventsOf(record), request);
}

/** Ids count from 1 without a gap, so the event of a token is found without looking for it. */
function pageOfHistory(
  arn: string,
  events: readonly HistoryEvent[],
  request: GetExecutionHistoryRequest,
): GetExecutionHistoryResponse {
  const { reverseOrder, includeExecutionData } = request;
  const first = reverseOrder ? events.length + 1 : 0;
  const before = lastIdBefore(arn, request) ?? first;
  if (before > events.length + 1) throw invalidToken();
  const size = sizeOf(request);
  const asked = reverseOrder
    ? events.slice(Math.max(0, before - 1 - size), before - 1).reverse()
    : events.slice(before, before + size);
  const page = withinLength(asked);
  const last = page.at(-1);
  const isLast = last === undefined || last.id === (reverseOrder ? 1 : events.length);
  return {
    events: page.map((event) => apiHistoryEvent(event, includeExecutionData)),
    ...(!isLast && { nextToken: tokenFor(arn, String(last.id)) }),
  };
}

/** As many of the first events as a page may hold, and at least one. */
function withinLength(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  let length = 0;
  const tooMany = events.findIndex(({ details }, index) => {
    for (const value of Object.values(details)) if (typeof value === 'string') length += value.length;
    return index > 0 && length > maxPageLength;
  });
  return tooMany < 0 ? events : events.slice(0, tooMany);
}

/** The id of the last event on the page before; undefined on the first page. */
function lastIdBefore(arn: string, request: GetExecutionHistoryRequest): number | undefined {
  const place = placeIn(request, arn);
  if (place === undefined) return undefined;
  const id = Number(place);
  if (!Number.isSafeInteger(id) || id < 1) throw invalidToken();
  return id;
}
