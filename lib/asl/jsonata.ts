import jsonata from 'jsonata';
import { StatesError, UsageError } from '../errors.ts';
import type { Json } from '../json.ts';
import { jsonataFunctions } from './jsonata-functions.ts';
import { guard, guardBinding, needsGuard } from './jsonata-guard.ts';
import { jsonOf } from './jsonata-result.ts';
import type { Evaluator, Scope } from './types.ts';

/** A JSONata expression of a state failed, or gave a value that its field cannot take. */
export class QueryEvaluationError extends StatesError {
  /** The field, as the service's `EvaluationFailed` event names it: `Output/total`. */
  readonly location?: string;

  constructor(message: string, location?: string) {
    super('States.QueryEvaluationError', message);
    if (location !== undefined) this.location = location;
  }
}

/** Whether a string of a definition is a JSONata expression: `{% … %}`. */
export function isJsonata(text: string): boolean {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4;
}

/**
 * Compiles what stands between `{%` and `%}`.
 *
 * @param field the field as messages name it: `Arguments/FunctionName`
 * @throws {UsageError} the expression has a syntax error
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function compileJsonata(text: string, field: string): Evaluator {
  const source = text.slice(2, -2).trim();
  const expression = parseJsonata(source);
  const isGuarded = needsGuard(expression.ast());
  const readsContext = maybeContext.test(source);
  if (isGuarded) guard(expression);
  for (const [name, implementation] of Object.entries(jsonataFunctions)) {
    // taking a signature apart costs as much as parsing the expression
    if (source.includes(`$${name}`)) expression.registerFunction(name, implementation.run, implementation.signature);
  }
  expression.assign('eval', undefined);

  return async (scope) => {
    const value = await evaluate(expression, scope, { source, field, isGuarded, readsContext });
    if (value === undefined) {
      throw new QueryEvaluationError(`${sentenceStart(source, field)} returned nothing (undefined).`, field);
    }
    const result = jsonOf(value);
    if (result === undefined) {
      throw new QueryEvaluationError(`${sentenceStart(source, field)} returned an unsupported result type.`, field);
    }
    return result;
  };
}

/** @throws {UsageError} the expression has a syntax error */
export function parseJsonata(source: string): jsonata.Expression {
  try {
    return jsonata(source);
  } catch (error) {
    const { code, message } = error as JsonataFailure; // jsonata throws plain objects of this shape, nothing else
    throw new UsageError(`JSONata expression '${source}' is not valid: ${code ? `${code}: ` : ''}${message}`);
  }
}

/**
 * Like an evaluator, for a field that takes one type only.
 *
 * The service lets every other type fail the state, naming the value.
 */
export function expecting<T extends Json>(evaluator: Evaluator, type: JsonType, about: ExpressionPlace): Evaluator<T> {
  return async (scope) => {
    const value = await evaluator(scope);
    const actual = typeOf(value);
    if (actual !== type) {
      const start = sentenceStart(about.source, about.field);
      const text = `${start} returned an unexpected result type. Expected '${type}', but was '${actual}' for value: ${JSON.stringify(value)}`;
      throw new QueryEvaluationError(text, about.field);
    }
    return value as T; // its JSON type was compared just above
  };
}

/** The names that messages give to JSON types. */
export type JsonType = 'array' | 'object' | 'string' | 'number' | 'boolean' | 'null';

/** An expression's text without its delimiters, and the field it stands in. */
export interface ExpressionPlace {
  readonly source: string;
  readonly field: string;
}

interface JsonataFailure {
  readonly code?: string;
  readonly message: string;
}

function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonType; // JSON has no other types than these
}

function sentenceStart(source: string, field: string): string {
  return `The JSONata expression '${source}' specified for the field '${field}'`;
}

/** A use of `$states` that may reach the context object: any but those of another member. */
const maybeContext = /\$states(?!\s*\.\s*(?:input|result|errorOutput)\b)/;

/** What an expression has to be given besides variables and input. */
interface Needs {
  readonly isGuarded: boolean;
  readonly readsContext: boolean;
}

async function evaluate(
  expression: jsonata.Expression,
  scope: Scope,
  about: ExpressionPlace & Needs,
): Promise<unknown> {
  try {
    return await expression.evaluate(undefined, bindingsOf(scope, about));
  } catch (error) {
    if (error instanceof StatesError) throw error;
    const { code, message } = error as JsonataFailure; // jsonata throws plain objects of this shape or Errors
    const start = `${sentenceStart(about.source, about.field)} threw an error during evaluation`;
    throw new QueryEvaluationError(code ? `${start}. ${code}: ${message}` : `${start}: ${message}`, about.field);
  }
}

function bindingsOf(scope: Scope, { isGuarded, readsContext }: Needs): Record<string, unknown> {
  const states: Record<string, Json> = { input: scope.input };
  if (readsContext) states.context = scope.context;
  if (scope.result !== undefined) states.result = scope.result;
  if (scope.errorOutput !== undefined) states.errorOutput = scope.errorOutput;
  const bindings: Record<string, unknown> = { ...scope.variables, states, ' now': scope.now, ' chance': scope.chance };
  if (isGuarded) bindings[guardBinding] = { depth: 0, steps: 0 };
  return bindings;
}
