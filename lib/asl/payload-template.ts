import { StatesError, UsageError } from '../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { compileIntrinsic, isIntrinsicCall } from './intrinsics/intrinsic.ts';
import { compileJsonPath, documentOf, type JsonPath } from './json-path.ts';
import type { Roots } from './roots.ts';

/** What a payload template makes of the documents a state sees. */
export type Template = (roots: Roots) => Json;

/**
 * Compiles a payload template (`Parameters`, `ResultSelector`, `ItemSelector`, a JSONPath `Assign`).
 *
 * A member whose name ends in `.$` holds a path or an intrinsic call; its value goes under the name without `.$`.
 * Everything else stands for itself; parts without any such member are the very same value each time.
 *
 * @throws {UsageError} a `.$` member holds no text, or text that is neither a path nor an intrinsic call
 */
export function compileTemplate(template: Json): Template {
  return compileValue(template) ?? (() => template);
}

/**
 * Compiles the text of one dynamic field: a path or an intrinsic call.
 *
 * @param fieldName the field as the service's messages name it, `value.$` or `SecondsPath`
 */
export function compileExpression(fieldName: string, text: string): Template {
  if (isIntrinsicCall(text)) return compileIntrinsic(text);
  const path = compileJsonPath(text);
  return (roots) => {
    const reading = path.follow(roots);
    if (!reading.found) throw notFound(path, fieldName, roots);
    return reading.value ?? null;
  };
}

/** The compiled value, or undefined when nothing in it depends on the roots. */
function compileValue(value: Json): Template | undefined {
  if (Array.isArray(value)) return compileArray(value);
  if (isJsonObject(value)) return compileObject(value);
  return undefined;
}

function compileArray(items: readonly Json[]): Template | undefined {
  const compiled = items.map((item) => compileValue(item));
  if (compiled.every((item) => item === undefined)) return undefined;
  return (roots) =>
    items.map((item, index) => {
      const read = compiled[index];
      return read ? read(roots) : item;
    });
}

function compileObject(object: JsonObject): Template | undefined {
  const members = Object.entries(object).map(([name, value]) => compileMember(name, value));
  if (members.every((member) => member.read === undefined)) return undefined;
  // assigning to that name would set the prototype instead of a member
  if (members.some(({ name }) => name === '__proto__')) {
    return (roots) => Object.fromEntries(members.map(({ name, value, read }) => [name, read ? read(roots) : value]));
  }
  return (roots) => {
    const filled: Record<string, Json> = {};
    for (const { name, value, read } of members) filled[name] = read ? read(roots) : value;
    return filled;
  };
}

function compileMember(name: string, value: Json): { name: string; value: Json; read: Template | undefined } {
  if (!name.endsWith('.$')) return { name, value, read: compileValue(value) };
  if (typeof value !== 'string') {
    throw new UsageError(`the value of '${name}' must be a path or an intrinsic call, not ${JSON.stringify(value)}`);
  }
  return { name: name.slice(0, -2), value, read: compileExpression(name, value) };
}

function notFound(path: JsonPath, fieldName: string, roots: Roots): StatesError {
  const document = JSON.stringify(documentOf(path.root, roots) ?? null);
  return new StatesError(
    'States.Runtime',
    `The JSONPath '${path.text}' specified for the field '${fieldName}' could not be found in the input '${document}'`,
  );
}
