import type { Json } from '../json.ts';

/**
 * A JSONata result as plain JSON; undefined when it holds what JSON cannot (a function, a regular expression).
 *
 * JSONata marks arrays that it made, and would flatten them if they came back as input: marked arrays are copied, all
 * else is handed on as it is. Members that are undefined vanish, as in JSON text.
 */
export function jsonOf(value: unknown): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? arrayOf(value) : objectOf(value);
    default:
      return undefined;
  }
}

function arrayOf(items: readonly unknown[]): Json | undefined {
  let copy: Json[] | undefined = 'sequence' in items ? [] : undefined;
  for (const [index, item] of items.entries()) {
    const json = jsonOf(item);
    if (json === undefined) return undefined;
    if (!copy && json !== item) copy = items.slice(0, index) as Json[]; // these have just been found to be JSON
    copy?.push(json);
  }
  return copy ?? (items as readonly Json[]); // every item has just been found to be JSON
}

function objectOf(object: object): Json | undefined {
  if ('_jsonata_function' in object || '_jsonata_lambda' in object || object instanceof RegExp) return undefined;
  let changes: Record<string, Json> | undefined;
  let hasGaps = false;
  for (const [key, member] of Object.entries(object)) {
    if (member === undefined) {
      hasGaps = true;
      continue;
    }
    const json = jsonOf(member);
    if (json === undefined) return undefined;
    if (json !== member) changes = { ...changes, [key]: json };
  }
  if (!changes && !hasGaps) return object as Json; // every member has just been found to be JSON
  const entries = Object.entries({ ...object, ...changes }).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as Json; // as above, without the members that are undefined
}
