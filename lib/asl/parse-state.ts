import type { Language } from './language.ts';
import type { Fields } from './parse-fields.ts';
import { parseMap } from './parse-map.ts';
import { parseCatch, parseRetry } from './parse-retry.ts';
import type { ChoiceState, State, StateGraph } from './types.ts';

/** Compiles what is nested in a state: a branch, or an item processor. */
export type ParseGraph = (fields: Fields) => StateGraph;

type Common = Pick<State, 'name' | 'definition' | 'data' | 'retry' | 'catch'> & { next?: string };

/**
 * Compiles one state.
 *
 * @throws {UsageError} a field is missing or has the wrong type; the message names state and field
 */
export function parseState(name: string, state: Fields, tools: { language: Language; parseGraph: ParseGraph }): State {
  const { language, parseGraph } = tools;
  const next = state.optionalText('Next');
  const common: Common = {
    name,
    definition: state.object,
    data: language.dataFlow(state),
    retry: parseRetry(state),
    catch: parseCatch(state, language),
    ...(next !== undefined && { next }),
  };
  const type = state.text('Type');
  switch (type) {
    case 'Pass':
      return { ...common, type, ...(state.has('Result') && { result: state.required('Result') }) };
    case 'Succeed':
      return { ...common, type };
    case 'Fail':
      return {
        ...common,
        type,
        ...present({ error: language.text(state, 'Error'), cause: language.text(state, 'Cause') }),
      };
    case 'Wait':
      return { ...common, type, delay: language.delay(state) };
    case 'Choice':
      return { ...common, type, ...parseChoices(state, language) };
    case 'Task':
      return { ...common, type, resource: state.text('Resource'), ...parseTaskFields(state, language) };
    case 'Parallel':
      return { ...common, type, branches: state.each('Branches').map((branch) => parseGraph(branch)) };
    case 'Map':
      return { ...common, type, ...parseMap(state, { language, parseGraph, data: common.data }) };
    default:
      throw state.refuse('Type', 'Task, Pass, Choice, Wait, Succeed, Fail, Parallel or Map');
  }
}

/** The object without the members that are undefined. */
export function present<T extends object>(object: T): { [K in keyof T]?: NonNullable<T[K]> } {
  // Object.entries widens the value type; what was filtered out is exactly undefined
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

function parseChoices(state: Fields, language: Language): Pick<ChoiceState, 'rules' | 'default' | 'finishDefault'> {
  const rules = state
    .each('Choices')
    .map((rule, index) => ({ next: rule.text('Next'), ...language.rule(rule, index) }));
  return { rules, finishDefault: language.defaultRule(state), ...present({ default: state.optionalText('Default') }) };
}

function parseTaskFields(state: Fields, language: Language) {
  return present({
    timeoutSeconds: language.number(state, 'TimeoutSeconds'),
    heartbeatSeconds: language.number(state, 'HeartbeatSeconds'),
    credentials: language.credentials(state),
  });
}
