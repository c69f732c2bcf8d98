import { randomUUID } from 'node:crypto';
import type { EventBus } from '../../event/event-bus.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { TaskFailed } from '../task-failure.ts';
import type { TaskResource } from './task-resource.ts';

/**
 * `events:putEvents` on the environment's bus.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
 */
export function eventsResource(bus: EventBus): TaskResource {
  return {
    async call({ parameters }) {
      const entries = isJsonObject(parameters) && Array.isArray(parameters.Entries) ? parameters.Entries : [];
      const results = await Promise.all(entries.map((entry: Json) => putEvent(bus, entry)));
      const failedCount = results.filter((result) => 'ErrorCode' in result).length;
      const answer = { Entries: results, FailedEntryCount: failedCount };
      if (failedCount > 0) throw new TaskFailed({ error: 'EventBridge.FailedEntry', cause: JSON.stringify(answer) });
      return answer;
    },
  };
}

async function putEvent(bus: EventBus, entry: Json): Promise<JsonObject> {
  const { Source, DetailType, Detail } = isJsonObject(entry) ? entry : {};
  const detail = detailOf(Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  await bus.emit({ source: String(Source ?? ''), detailType: String(DetailType ?? ''), detail });
  return { EventId: randomUUID() };
}

/** An event's detail is an object, or the JSON text of one. */
function detailOf(detail: Json | undefined): JsonObject | undefined {
  if (typeof detail !== 'string') return isJsonObject(detail) ? detail : undefined;
  try {
    const parsed: Json = JSON.parse(detail);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined; // the service answers text that is not JSON as malformed
  }
}
