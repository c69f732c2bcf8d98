import type { Json } from '../json.ts';

/** Levels of nesting that a result may have, as many as the definition itself. */
const maxDepth = 1_000;

/**
 * A JSONata result as plain JSON; undefined when it holds what JSON cannot (a function, a regular expression), or is
 * nested without reason.
 *
 * JSONata marks arrays that it made, and would flatten them if they came back as input: marked arrays are copied, all
 * else is handed on as it is. Members that are undefined vanish, as in JSON text.
 */
export function jsonOf(value: unknown, depth = 0): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      // the service writes what JSON has no number for as text: "Infinity"
      return Number.isFinite(value) ? value : String(value);
    case 'object':
      if (value === null) return null;
      if (depth > maxDepth) return undefined;
      return Array.isArray(value) ? arrayOf(value, depth + 1) : objectOf(value, depth + 1);
    default:
      return undefined;
  }
}

function arrayOf(items: readonly unknown[], depth: number): Json | undefined {
  let copy: Json[] | undefined = 'sequence' in items ? [] : undefined;
  for (const [index, item] of items.entries()) {
    const json = jsonOf(item, depth);
    if (json === undefined) return undefined;
    if (!copy && json !== item) copy = items.slice(0, index) as Json[]; // these have just been found to be JSON
    copy?.push(json);
  }
  return copy ?? (items as readonly Json[]); // every item has just been found to be JSON
}

function objectOf(object: object, depth: number): Json | undefined {
  if ('_jsonata_function' in object || '_jsonata_lambda' in object || object instanceof RegExp) return undefined;
  const entries: [string, Json][] = [];
  let isSame = true;
  for (const [key, member] of Object.entries(object)) {
    const json = member === undefined ? undefined : jsonOf(member, depth);
    if (json === undefined && member !== undefined) return undefined;
    if (json === undefined || json !== member) isSame = false;
    if (json !== undefined) entries.push([key, json]);
  }
  return isSame ? (object as Json) : Object.fromEntries(entries); // every member has just been found to be JSON
}
