import { isTerminal } from '../../execution/execution.ts';
import type { HistoryEvent } from '../../execution/history-event.ts';
import type {
  GetExecutionHistoryRequest,
  GetExecutionHistoryResponse,
} from '../../execution/service/execution-operations.ts';
import type { ExecutionRecord } from '../execution-record.ts';
import type { LocalExecutions } from '../local-executions.ts';
import { apiHistoryEvent } from './api-history-event.ts';
import { pageOf } from './page-of.ts';

/** Answers one page of an execution's history. */
export type ReadHistory = (
  record: ExecutionRecord,
  request: GetExecutionHistoryRequest,
) => Promise<GetExecutionHistoryResponse>;

/** The history of the last ended execution that was read stays at hand: its pages are asked for one after another. */
export function createHistoryReader(executions: LocalExecutions): ReadHistory {
  let last: { readonly of: string; readonly events: readonly HistoryEvent[] } | undefined;
  const eventsOf = async (record: ExecutionRecord): Promise<readonly HistoryEvent[]> => {
    const of = `${record.arn} ${record.redriveCount}`;
    if (last?.of === of) return last.events;
    const events: HistoryEvent[] = [];
    for await (const event of executions.history(record.arn)) events.push(event);
    if (isTerminal(record)) last = { of, events };
    return events;
  };
  return async (record, request) => {
    const events = await eventsOf(record);
    const ordered = request.reverseOrder ? events.toReversed() : events;
    const { items, ...page } = pageOf(ordered, request, ({ id }) => `${record.arn}#${id}`);
    return { events: items.map((event) => apiHistoryEvent(event, request.includeExecutionData)), ...page };
  };
}
