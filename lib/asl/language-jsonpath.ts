import { StatesError } from '../errors.ts';
import type { Json } from '../json.ts';
import { compileChoiceRule } from './choice-rule.ts';
import { compileJsonPath } from './json-path.ts';
import type { Language, NumberOptions } from './language.ts';
import type { Fields } from './parse-fields.ts';
import { compileExpression, compileTemplate } from './payload-template.ts';
import { compileReferencePath } from './reference-path.ts';
import { scopeWith } from './scope.ts';
import type { DataFlow, Delay, Evaluator, NumberField, Scope, StateExit, Variables } from './types.ts';

/** States written in JSONPath: `InputPath` to `OutputPath`, payload templates, and a `…Path` twin of many fields. */
export const jsonPathLanguage: Language = {
  name: 'JSONPath',
  dataFlow: compileDataFlow,
  rule(rule) {
    return { matches: compileChoiceRule(rule.object), finish: compilePassing(rule) };
  },
  defaultRule: (state) => compilePassing(state),
  catcher(catcher) {
    const place = compilePlacing(catcher);
    const assign = compileAssign(catcher);
    return (scope, errorOutput) =>
      leaveWith(place(scope.input, errorOutput), assign?.(scopeWith(scope, { input: errorOutput })));
  },
  number: compileNumber,
  text(state, name) {
    const path = state.optionalText(`${name}Path`);
    if (path === undefined) {
      const text = state.optionalText(name);
      return text === undefined ? undefined : () => text;
    }
    const read = compileExpression(`${name}Path`, path);
    return (scope) => textAt(read(scope), `${name}Path`, path);
  },
  delay: compileDelay,
  credentials: (state) => (state.has('Credentials') ? compileTemplate(state.required('Credentials')) : undefined),
  items: compileItems,
  itemSelector(state) {
    const name = state.has('ItemSelector') ? 'ItemSelector' : 'Parameters';
    return state.has(name) ? compileTemplate(state.required(name)) : undefined;
  },
  accessArguments: (access) => compileTemplate(access.object.Parameters ?? {}),
  batchInput: (batcher) => (batcher.has('BatchInput') ? compileTemplate(batcher.required('BatchInput')) : undefined),
};

function compileDataFlow(state: Fields): DataFlow {
  const select = compileSelection(state, 'InputPath');
  // a Map's Parameters are the old name of its ItemSelector
  const template =
    state.has('Parameters') && state.object.Type !== 'Map' ? compileTemplate(state.required('Parameters')) : undefined;
  const selectResult = state.has('ResultSelector') ? compileTemplate(state.required('ResultSelector')) : undefined;
  const place = compilePlacing(state);
  const output = compileSelection(state, 'OutputPath');
  const assign = compileAssign(state);
  return {
    language: 'JSONPath',
    prepare(scope) {
      const input = select ? select(scope) : scope.input;
      return template ? template(replaceInput(scope, input)) : input;
    },
    finish(scope, result) {
      const selected = selectResult ? selectResult(replaceInput(scope, result)) : result;
      const assigned = assign?.(replaceInput(scope, selected));
      const placed = place(scope.input, selected);
      return leaveWith(output ? output(replaceInput(scope, placed)) : placed, assigned);
    },
  };
}

/** A Choice hands its input on through `InputPath` and `OutputPath`; rules only add variables. */
function compilePassing(fields: Fields): (scope: Scope) => StateExit {
  const select = compileSelection(fields, 'InputPath');
  const output = compileSelection(fields, 'OutputPath');
  const assign = compileAssign(fields);
  return (scope) => {
    const input = select ? select(scope) : scope.input;
    return leaveWith(output ? output(replaceInput(scope, input)) : input, assign?.(scope));
  };
}

/** `InputPath` or `OutputPath`: null selects nothing, an empty object. */
function compileSelection(fields: Fields, name: string): ((scope: Scope) => Json) | undefined {
  const text = fields.object[name];
  if (text === undefined || text === '$') return undefined;
  if (text === null) return () => ({});
  const path = compileJsonPath(fields.text(name));
  return (scope) => path.read(scope);
}

/** `ResultPath`: where the result goes within the input; null drops it. */
function compilePlacing(fields: Fields): (input: Json, result: Json) => Json {
  const text = fields.object.ResultPath;
  if (text === undefined || text === '$') return (_, result) => result;
  if (text === null) return (input) => input;
  const path = compileReferencePath(fields.text('ResultPath'));
  return (input, result) => path.write(input, result);
}

function compileAssign(fields: Fields): ((scope: Scope) => Variables) | undefined {
  if (!fields.has('Assign')) return undefined;
  const template = compileTemplate(fields.required('Assign'));
  return (scope) => template(scope) as Variables; // validation lets Assign be an object only, and so is what it gives
}

function leaveWith(output: Json, assigned: Variables | undefined): StateExit {
  return assigned ? { output, assigned } : { output };
}

function replaceInput(scope: Scope, input: Json): Scope {
  return input === scope.input ? scope : scopeWith(scope, { input });
}

function compileNumber(fields: Fields, name: string, options: NumberOptions = {}): NumberField | undefined {
  const pathName = `${name}Path`;
  const path = fields.optionalText(pathName);
  if (path === undefined) {
    const value = fields.optionalNumber(name);
    return value === undefined ? undefined : () => value;
  }
  const kind = options.kind ?? 'integer';
  const read = compileExpression(pathName, path);
  return (scope) => {
    const value = read(scope);
    const number = numberOf(value);
    if (number === undefined || (kind === 'integer' && !Number.isInteger(number))) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const message = `The ${pathName} field refers to value "${text}" which is not a valid ${kind}: ${path}`;
      throw new StatesError('States.Runtime', message);
    }
    return number;
  };
}

function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

function textAt(value: Json, field: string, path: string): string {
  if (typeof value === 'string') return value;
  const message = `The ${field} parameter does not reference a valid string: ${path} == ${JSON.stringify(value)}`;
  throw new StatesError('States.Runtime', message);
}

const delayFields = {
  Seconds: 'seconds',
  SecondsPath: 'seconds',
  Timestamp: 'timestamp',
  TimestampPath: 'timestamp',
} as const;

function compileDelay(state: Fields): Delay {
  const names = Object.keys(delayFields) as (keyof typeof delayFields)[]; // keys of the constant just above
  const field = names.find((name) => state.has(name));
  if (!field) throw state.refuse('Seconds', 'there, or one of SecondsPath, Timestamp and TimestampPath');
  const kind = delayFields[field];
  if (!field.endsWith('Path')) {
    const value = state.required(field);
    return { kind, field, evaluate: () => value };
  }
  const path = compileJsonPath(state.text(field));
  return { kind, field, path: path.text, evaluate: (scope) => path.find(scope) ?? missing(field, path.text) };
}

function missing(field: string, path: string): never {
  throw new StatesError('States.Runtime', `The ${field} parameter does not reference an input value: ${path}`);
}

function compileItems(state: Fields, data: DataFlow): Evaluator {
  const text = state.optionalText('ItemsPath') ?? '$';
  const path = compileJsonPath(text);
  return (scope) => {
    const input = data.prepare(scope);
    if (input instanceof Promise) throw new Error('a JSONPath state prepares its input at once');
    const items = path.read(replaceInput(scope, input));
    if (Array.isArray(items)) return items;
    // a path into the context object is told by its part after the first $
    const told = path.root.kind === 'context' ? text.slice(1) : text;
    throw new StatesError('States.Runtime', `Reference path "${told}" must point to array.`);
  };
}
