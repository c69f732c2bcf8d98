import type { HistoryEvent as ServiceEvent } from '@aws-sdk/client-sfn';
import type { HistoryEvent } from '../execution/history-event.ts';
import type { Json } from '../json.ts';

/** An event as the service's API gives it, in the form that every environment shares. */
export function toHistoryEvent(event: ServiceEvent): HistoryEvent {
  const { id = 0, previousEventId = 0, timestamp, type = '' } = event;
  const details = Object.entries(event).find(([name, value]) => name.endsWith('EventDetails') && value !== undefined);
  return {
    id,
    previousEventId,
    timestamp: timestamp?.toISOString() ?? '',
    type,
    // details of history events hold texts, numbers and flat objects only
    details: (details?.[1] ?? {}) as Readonly<Record<string, Json>>,
  };
}

/** Whether the event ends its execution; a redrive may still follow it. */
export function isEnding({ type }: Pick<HistoryEvent, 'type'>): boolean {
  return /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type);
}

/** The execution that a `TaskSubmitted` event says was started. */
export function startedExecutionArn({ type, details }: HistoryEvent): string | undefined {
  if (type !== 'TaskSubmitted' || details.resourceType !== 'states' || typeof details.output !== 'string') return;
  const output: unknown = JSON.parse(details.output);
  const arn =
    typeof output === 'object' && output !== null && 'ExecutionArn' in output ? output.ExecutionArn : undefined;
  return typeof arn === 'string' ? arn : undefined;
}
