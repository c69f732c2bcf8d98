import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';

/** Keys whose values cannot be reproduced; they are left out on both sides. */
const ignoredKeys = new Set(['SdkHttpMetadata', 'SdkResponseMetadata', 'LogResult']);

const token = /<<[^<>]+>>/;

/**
 * Compares a recorded value with ours by the rules of the cases: `<<word>>` stands for any characters, `$jsonText` for
 * JSON text that matches, `$notJson` for raw text.
 *
 * @returns the first difference, as a sentence that begins with its place; undefined when they match
 */
export function difference(expected: Json, actual: Json | undefined, place = ''): string | undefined {
  if (expected === '<<any>>' && actual !== undefined) return undefined;
  if (typeof expected === 'string') return textDifference(expected, actual, place);
  if (isJsonObject(expected)) {
    if (Object.hasOwn(expected, '$jsonText')) return jsonTextDifference(expected, actual, place);
    if (Object.hasOwn(expected, '$notJson')) return difference(expected.$notJson ?? null, actual, place);
    return isJsonObject(actual) ? membersDifference(expected, actual, place) : differs(expected, actual, place);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differs(expected, actual, place);
    return first(expected.map((item: Json, index) => () => difference(item, actual[index], `${place}[${index}]`)));
  }
  return expected === actual ? undefined : differs(expected, actual, place);
}

/** Compares two objects; with `isSubset`, only the keys that `expected` names. */
function membersDifference(
  expected: JsonObject,
  actual: JsonObject,
  place: string,
  isSubset = false,
): string | undefined {
  const left = new Set(Object.keys(actual).filter((key) => !ignoredKeys.has(key)));
  for (const [key, value] of Object.entries(expected)) {
    if (ignoredKeys.has(key)) continue;
    const match = [...left].find((candidate) => candidate === key) ?? [...left].find((other) => matches(key, other));
    if (match === undefined) return `${place}/${key}: is missing, expected ${shown(value)}`;
    left.delete(match);
    const found = difference(value, actual[match], `${place}/${key}`);
    if (found) return found;
  }
  const [extra] = left;
  return extra === undefined || isSubset ? undefined : `${place}/${extra}: not expected, got ${shown(actual[extra])}`;
}

function textDifference(expected: string, actual: Json | undefined, place: string): string | undefined {
  if (typeof actual === 'string') return matches(expected, actual) ? undefined : differs(expected, actual, place);
  const isOneToken = new RegExp(`^${token.source}$`).test(expected);
  const isScalar = actual === null || typeof actual === 'number' || typeof actual === 'boolean';
  return isOneToken && isScalar ? undefined : differs(expected, actual, place);
}

function matches(expected: string, actual: string): boolean {
  if (!token.test(expected)) return expected === actual;
  const parts = expected
    .split(new RegExp(token.source, 'g'))
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's').test(actual);
}

function jsonTextDifference(expected: JsonObject, actual: Json | undefined, place: string): string | undefined {
  const value = typeof actual === 'string' ? parsed(actual) : undefined;
  if (value === undefined) return differs(expected, actual, place);
  const inner = expected.$jsonText ?? null;
  if (expected.$subset === true && isJsonObject(inner) && isJsonObject(value)) {
    return membersDifference(inner, value, `${place}(json)`, true);
  }
  return difference(inner, value, `${place}(json)`);
}

/** The JSON value of a text, or undefined when it is no JSON. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function first(comparisons: readonly (() => string | undefined)[]): string | undefined {
  for (const compare of comparisons) {
    const found = compare();
    if (found) return found;
  }
  return undefined;
}

function differs(expected: Json, actual: Json | undefined, place: string): string {
  return `${place || '/'}: expected ${shown(expected)}, got ${shown(actual)}`;
}

function shown(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
