import { UsageError } from '../errors.ts';
import type { Json } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { Language } from './language.ts';
import { jsonataLanguage } from './language-jsonata.ts';
import { jsonPathLanguage } from './language-jsonpath.ts';
import { type Fields, fieldsOf } from './parse-fields.ts';
import { parseState, present } from './parse-state.ts';
import type { Machine, QueryLanguage, State, StateGraph } from './types.ts';

/**
 * Compiles a state machine from its definition: paths, templates and expressions are all compiled here, once.
 *
 * It assumes what `lint` has found valid, and refuses by itself only what it cannot compile.
 *
 * @throws {UsageError} the text is not JSON, a field that is needed is missing, an expression has a syntax error
 * @see https://states-language.net
 */
export function parse(text: string): Machine {
  const definition = parseJson(text);
  if (!isJsonObject(definition)) throw new UsageError('the state machine definition must be a JSON object');
  const machine = fieldsOf(definition, 'the state machine');
  const queryLanguage = languageName(machine, 'JSONPath');
  const timeoutSeconds = machine.optionalNumber('TimeoutSeconds');
  return {
    ...parseGraph(machine, queryLanguage),
    queryLanguage,
    text,
    ...present({ comment: machine.optionalText('Comment'), timeoutSeconds }),
  };
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`the state machine definition is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function parseGraph(fields: Fields, inherited: QueryLanguage): StateGraph {
  const states = fields.nested('States');
  if (!states) throw fields.refuse('States', 'an object of states by name');
  const parsed = new Map<string, State>();
  for (const [name, definition] of Object.entries(states.object)) {
    if (!isJsonObject(definition)) throw states.refuse(name, 'an object with a Type');
    const state = fieldsOf(definition, `state '${name}'`);
    const stateLanguage = languageName(state, inherited);
    const nestedLanguage = (nested: Fields) => parseGraph(nested, languageName(nested, inherited));
    parsed.set(name, parseState(name, state, { language: languages[stateLanguage], parseGraph: nestedLanguage }));
  }
  return { startAt: fields.text('StartAt'), states: parsed };
}

const languages: Readonly<Record<QueryLanguage, Language>> = { JSONata: jsonataLanguage, JSONPath: jsonPathLanguage };

function languageName(fields: Fields, inherited: QueryLanguage): QueryLanguage {
  const name = fields.optionalText('QueryLanguage') ?? inherited;
  if (name !== 'JSONPath' && name !== 'JSONata') throw fields.refuse('QueryLanguage', 'JSONPath or JSONata');
  return name;
}
