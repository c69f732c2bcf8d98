import { serviceLimits } from '../asl/limits.ts';
import { StatesError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';

/** Bytes that any input, output or variable may have as JSON text in UTF-8. @see AWS Step Functions quotas */
export const maxPayloadBytes = serviceLimits.payloadBytes;

const texts = new WeakMap<object, string>();

/** Texts up to this length are written again each time: that costs less than remembering them. */
const maxForgottenLength = 1_024;

/**
 * The JSON text of a value; the same large object is written out once, however often it is handed on.
 *
 * Values that travel through a machine are never changed in place.
 *
 * @throws {StatesError} the value is nested deeper than JSON can be written
 */
export function textOf(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = write(value);
  if (text.length > maxForgottenLength) texts.set(value, text);
  return text;
}

function write(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // the stack ends after some thousand levels; a loop that puts its input into its output gets there
    if (!(error instanceof RangeError)) throw error;
    throw new StatesError('States.Runtime', 'A value is nested too deeply to be written as JSON.', { cause: error });
  }
}

/** Whether a value is larger than the service lets pass from state to state. */
export function isTooLarge(value: Json): boolean {
  if (roomAfter(value, maxPayloadBytes) >= 0) return false;
  const text = textOf(value);
  return text.length > maxPayloadBytes || Buffer.byteLength(text) > maxPayloadBytes;
}

/** Most bytes that one character can take in JSON text: an escaped control character. */
const maxBytesPerCharacter = 6;

/** Levels of nesting that are looked at; what is deeper is written out to know its size. */
const maxDepth = 100;

/** What is left of `room` after the longest text the value could have; it stops as soon as nothing is left. */
function roomAfter(value: Json, room: number, depth = 0): number {
  if (typeof value === 'string') return room - 2 - value.length * maxBytesPerCharacter;
  if (typeof value !== 'object' || value === null) return room - 25;
  if (depth === maxDepth) return -1;
  let left = room - 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      left = roomAfter(item, left - 1, depth + 1);
      if (left < 0) return left;
    }
    return left;
  }
  const members = value as JsonObject; // an array has returned above
  for (const key of Object.keys(members)) {
    left = roomAfter(members[key] ?? null, left - 4 - key.length * maxBytesPerCharacter, depth + 1);
    if (left < 0) return left;
  }
  return left;
}
