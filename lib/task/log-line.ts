import type { LogLine } from '../execution/executions.ts';
import type { Json, JsonObject } from '../json.ts';

/** A log record of a task, as the logger writes it to the Lambda's log, as a {@link LogLine}. */
export function toLogLine(record: JsonObject): LogLine {
  const { timestamp, level, message, state, service: _, ...fields } = record;
  return {
    timestamp: text(timestamp) ?? '',
    level: text(level) ?? 'INFO',
    message: text(message) ?? '',
    ...(typeof state === 'string' ? { state } : {}),
    fields,
  };
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
