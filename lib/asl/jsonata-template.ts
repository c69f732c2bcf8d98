import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import { compileJsonata, isJsonata } from './jsonata.ts';
import type { Evaluator, Scope } from './types.ts';

/**
 * Compiles a JSON value in which any string may be a JSONata expression (`Arguments`, `Output`, `Assign`, `Items`).
 *
 * A value without expressions is handed out as it is written, at once.
 *
 * @param field name of the field, the beginning of every place that messages name: `Output/total[0]`
 * @throws {UsageError} an expression has a syntax error
 */
export function compileJsonataTemplate(template: Json, field: string): Evaluator {
  return compilePart(template, field) ?? (() => template);
}

/** Undefined when nothing in `part` is an expression. */
function compilePart(part: Json, field: string): Evaluator | undefined {
  if (typeof part === 'string') return isJsonata(part) ? compileJsonata(part, field) : undefined;
  if (Array.isArray(part)) return compileArray(part, field);
  return isJsonObject(part) ? compileObject(part, field) : undefined;
}

function compileArray(items: readonly Json[], field: string): Evaluator | undefined {
  const evaluators = items.map((item, index) => compilePart(item, `${field}[${index}]`));
  if (evaluators.every((evaluator) => evaluator === undefined)) return undefined;
  return async (scope: Scope) => {
    const result: Json[] = [];
    for (const [index, item] of items.entries()) {
      const evaluator = evaluators[index];
      result.push(evaluator ? await evaluator(scope) : item);
    }
    return result;
  };
}

function compileObject(object: JsonObject, field: string): Evaluator | undefined {
  const entries = Object.entries(object);
  const evaluators = entries.map(([key, member]) => compilePart(member, `${field}/${key}`));
  if (evaluators.every((evaluator) => evaluator === undefined)) return undefined;
  return async (scope: Scope) => {
    const result: [string, Json][] = [];
    for (const [index, [key, member]] of entries.entries()) {
      const evaluator = evaluators[index];
      result.push([key, evaluator ? await evaluator(scope) : member]);
    }
    // entries, because assigning to `__proto__` would set the prototype instead of a member
    return Object.fromEntries(result);
  };
}
