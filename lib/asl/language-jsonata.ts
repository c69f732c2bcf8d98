import type { Json } from '../json.ts';
import { compileJsonata, expecting, isJsonata, QueryEvaluationError } from './jsonata.ts';
import { compileJsonataTemplate } from './jsonata-template.ts';
import type { Language } from './language.ts';
import type { Fields } from './parse-fields.ts';
import { scopeWith } from './scope.ts';
import type { DataFlow, Evaluator, Scope, StateExit, Variables } from './types.ts';

/** States written in JSONata: `Arguments`, `Output`, `Assign`, and `{% … %}` wherever a value may be computed. */
export const jsonataLanguage: Language = {
  name: 'JSONata',
  dataFlow(state) {
    const prepare = state.has('Arguments')
      ? compileJsonataTemplate(state.required('Arguments'), 'Arguments')
      : (scope: Scope) => scope.input;
    const leave = compileExit(state, '', (_, result) => result);
    return { language: 'JSONata', prepare, finish: (scope, result) => leave(scopeWith(scope, { result }), result) };
  },
  rule(rule, index) {
    const condition = rule.required('Condition');
    const leave = compileExit(rule, `Choices[${index}]/`, (scope) => scope.input);
    return {
      matches: compileCondition(condition, `Choices[${index}]/Condition`),
      finish: (scope) => leave(scope, null),
    };
  },
  defaultRule(state) {
    const leave = compileExit(state, '', (scope) => scope.input);
    return (scope) => leave(scope, null);
  },
  catcher(catcher, index) {
    const leave = compileExit(catcher, `Catch[${index}]/`, (_, errorOutput) => errorOutput);
    return (scope, errorOutput) => leave(scopeWith(scope, { errorOutput }), errorOutput);
  },
  number(fields, name, options = {}) {
    const value = fields.object[name];
    if (value === undefined) return undefined;
    if (typeof value === 'number') return () => value;
    if (typeof value !== 'string' || !isJsonata(value)) throw fields.refuse(name, 'a number or a JSONata expression');
    const place = { source: sourceOf(value), field: options.field ?? name };
    return expecting<number>(compileJsonata(value, place.field), 'number', place);
  },
  text(state, name) {
    const value = state.optionalText(name);
    if (value === undefined) return undefined;
    if (!isJsonata(value)) return () => value;
    return expecting<string>(compileJsonata(value, name), 'string', { source: sourceOf(value), field: name });
  },
  delay(state) {
    const field = state.has('Seconds') ? 'Seconds' : 'Timestamp';
    const evaluate = compileJsonataTemplate(state.required(field), field);
    return { kind: field === 'Seconds' ? 'seconds' : 'timestamp', evaluate, field };
  },
  credentials: (state) =>
    state.has('Credentials') ? compileJsonataTemplate(state.required('Credentials'), 'Credentials') : undefined,
  items: compileItems,
  itemSelector: (state) =>
    state.has('ItemSelector') ? compileJsonataTemplate(state.required('ItemSelector'), 'ItemSelector') : undefined,
  accessArguments: (access, name) => compileJsonataTemplate(access.object.Arguments ?? {}, `${name}/Arguments`),
  batchInput: (batcher) =>
    batcher.has('BatchInput')
      ? compileJsonataTemplate(batcher.required('BatchInput'), 'ItemBatcher/BatchInput')
      : undefined,
};

/** `Output` and `Assign` of a state, a choice rule or a catcher. */
function compileExit(
  fields: Fields,
  prefix: string,
  fallback: (scope: Scope, result: Json) => Json,
): (scope: Scope, result: Json) => StateExit | Promise<StateExit> {
  const template = (name: string) =>
    fields.has(name) ? compileJsonataTemplate(fields.required(name), `${prefix}${name}`) : undefined;
  const output = template('Output');
  const assign = template('Assign');
  if (!output && !assign) return (scope, result) => ({ output: fallback(scope, result) });
  return async (scope, result) => {
    const assigned = assign && ((await assign(scope)) as Variables); // parse lets Assign be an object only
    return { output: output ? await output(scope) : fallback(scope, result), ...(assigned && { assigned }) };
  };
}

function compileCondition(condition: Json, field: string): (scope: Scope) => Promise<boolean> | boolean {
  if (typeof condition === 'boolean') return () => condition;
  const text = String(condition);
  const place = { source: sourceOf(text), field };
  return expecting<boolean>(compileJsonata(text, field), 'boolean', place);
}

function compileItems(state: Fields, data: DataFlow): Evaluator {
  if (!state.has('Items')) {
    return async (scope) => {
      const input = await data.prepare(scope);
      if (Array.isArray(input)) return input;
      throw new QueryEvaluationError(`Map state input must be an array but was: ${JSON.stringify(input)}`);
    };
  }
  const items = state.required('Items');
  if (typeof items === 'string' && isJsonata(items)) {
    return expecting(compileJsonata(items, 'Items'), 'array', { source: sourceOf(items), field: 'Items' });
  }
  return compileJsonataTemplate(items, 'Items');
}

function sourceOf(text: string): string {
  return text.slice(2, -2).trim();
}
