import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { checkExpressions, type StatesField } from './jsonata-checks.ts';
import { element, member, type Place } from './place.ts';

/** Fields that are not evaluated: a `{% … %}` in them is text. */
const plain = new Set([
  'Type',
  'Comment',
  'QueryLanguage',
  'Next',
  'Default',
  'Branches',
  'ItemProcessor',
  'Iterator',
  'Label',
  'Resource',
  'Retry',
]);
/** Fields that are evaluated after the state has its result. */
const late = new Set(['Output', 'Assign']);
const withResult = new Set(['Task', 'Map', 'Parallel']);

/** Checks every JSONata expression of one state, without the states nested in it. */
export function checkStateExpressions(state: JsonObject, place: Place): void {
  const hasResult = withResult.has(String(state.Type));
  for (const [name, value] of Object.entries<Json>(state)) {
    const at = member(place, name);
    if (plain.has(name)) continue;
    if (name === 'Choices') checkEntries(value, at, { fields: ['Condition', 'Output', 'Assign'], available: [] });
    else if (name === 'Catch') checkEntries(value, at, { fields: ['Output', 'Assign'], available: ['errorOutput'] });
    else if (name === 'ItemReader') checkReader(value, at);
    else checkExpressions(value, at, hasResult && late.has(name) ? ['result'] : []);
  }
}

function checkEntries(
  entries: Json,
  place: Place,
  { fields, available }: { fields: readonly string[]; available: readonly StatesField[] },
): void {
  for (const [index, entry] of (Array.isArray(entries) ? entries : []).entries()) {
    for (const name of fields) {
      const value = isJsonObject(entry) ? entry[name] : undefined;
      if (value !== undefined) checkExpressions(value, member(element(place, index), name), available);
    }
  }
}

/** The headers of a CSV file are names, whatever they look like. */
function checkReader(reader: Json, place: Place): void {
  if (!isJsonObject(reader)) return;
  const { ReaderConfig: config, ...rest } = reader;
  checkExpressions(rest, place, []);
  if (!isJsonObject(config)) return;
  const { CSVHeaders: _, ...evaluated } = config;
  checkExpressions(evaluated, member(place, 'ReaderConfig'), []);
}
