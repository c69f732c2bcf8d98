import type { Json } from '../json.ts';

/** Bytes that any input, output or variable may have as JSON text in UTF-8. @see AWS Step Functions quotas */
export const maxPayloadBytes = 262_144;

const texts = new WeakMap<object, string>();

/**
 * The JSON text of a value; the same object is written out once, however often it is handed on.
 *
 * Values that travel through a machine are never changed in place.
 */
export function textOf(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}

/** Whether a value is larger than the service lets pass from state to state. */
export function isTooLarge(value: Json): boolean {
  const text = textOf(value);
  if (text.length * 3 <= maxPayloadBytes) return false;
  return text.length > maxPayloadBytes || Buffer.byteLength(text) > maxPayloadBytes;
}
