import type { HistoryEvent } from '../../lib/execution/history-event.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { difference, parsed } from './match.ts';

/** Details that the recorded histories leave out. */
const leftOut = new Set(['roleArn', 'region', 'mapRunArn']);
/** Details that hold JSON text. */
const jsonTexts = new Set(['input', 'output', 'parameters']);

/**
 * Compares a recorded history with ours: in order where the service promises one, otherwise as a multiset.
 *
 * @returns the first difference; undefined when they match
 */
export function historyDifference(
  expected: readonly Json[],
  events: readonly HistoryEvent[],
  order: Json | undefined,
): string | undefined {
  const actual = events.map(flattened);
  if (order === 'total') return sequenceDifference(expected, actual);
  return multisetDifference(expected, actual);
}

/** Compares `[id, previousEventId]` of every event; only for histories whose order is fixed. */
export function linksDifference(expected: Json, events: readonly HistoryEvent[]): string | undefined {
  return difference(
    expected,
    events.map(({ id, previousEventId }) => [id, previousEventId]),
    'links',
  );
}

/** An event as the cases write it: its type and its details side by side, JSON texts parsed. */
function flattened({ type, details }: HistoryEvent): JsonObject {
  const kept = Object.entries(details).filter(([name]) => !leftOut.has(name));
  return { type, ...Object.fromEntries(kept.map(([name, value]) => [name, detail(name, value)])) };
}

function detail(name: string, value: Json): Json {
  if (name === 'assignedVariables' && isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([variable, text]) => [variable, jsonIn(text)]));
  }
  return jsonTexts.has(name) ? jsonIn(value) : value;
}

function jsonIn(text: Json): Json {
  return (typeof text === 'string' ? parsed(text) : undefined) ?? (text === 'null' ? null : text);
}

function sequenceDifference(expected: readonly Json[], actual: readonly JsonObject[]): string | undefined {
  for (const [index, event] of expected.entries()) {
    const found = difference(event, actual[index], `event ${index + 1}`);
    if (found) return found;
  }
  if (actual.length > expected.length) {
    return `event ${expected.length + 1}: not expected, got ${JSON.stringify(actual[expected.length])}`;
  }
  return undefined;
}

/** Finds a partner for every recorded event; partners are swapped as long as that frees one. */
function multisetDifference(expected: readonly Json[], actual: readonly JsonObject[]): string | undefined {
  const partnerOf = new Map<number, number>();
  const place = (index: number, tried: Set<number>): boolean =>
    actual.some((candidate, position) => {
      if (tried.has(position) || difference(expected[index] ?? null, candidate) !== undefined) return false;
      tried.add(position);
      const holder = partnerOf.get(position);
      if (holder !== undefined && !place(holder, tried)) return false;
      partnerOf.set(position, index);
      return true;
    });
  for (const [index, event] of expected.entries()) {
    if (!place(index, new Set())) return `no event of ours is ${JSON.stringify(event)}`;
  }
  const extra = actual.find((_, position) => !partnerOf.has(position));
  return extra && `not expected: ${JSON.stringify(extra)}`;
}
