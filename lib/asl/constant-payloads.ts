import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { State, StateGraph } from './types.ts';

/** A field of a state that puts at least so many bytes into a payload, whatever the input is. */
export interface ConstantPayload {
  readonly stateName: string;
  /** `Result`, `Output/rows`. */
  readonly field: string;
  readonly leastBytes: number;
}

/** Fields whose value goes into a payload as it is written, but for the expressions in it. */
const fields = ['Result', 'Parameters', 'Arguments', 'ResultSelector', 'Output'];

/** How many bytes the states of a machine write out themselves, nested ones included. */
export function constantPayloads(graph: StateGraph): ConstantPayload[] {
  return [...graph.states.values()].flatMap((state) => [
    ...fields
      .filter((field) => state.definition[field] !== undefined && !isDropped(state, field))
      .map((field) => ({ stateName: state.name, field, leastBytes: leastBytesOf(state.definition[field] ?? null) })),
    ...graphsIn(state).flatMap(constantPayloads),
  ]);
}

/** A `ResultPath` of null keeps a result out of what leaves the state. */
function isDropped({ definition }: State, field: string): boolean {
  return definition.ResultPath === null && (field === 'Result' || field === 'ResultSelector');
}

function graphsIn(state: State): readonly StateGraph[] {
  if (state.type === 'Parallel') return state.branches;
  return state.type === 'Map' ? [state.processor] : [];
}

/** Bytes of a value's JSON text in which every expression has become the shortest value there is, one character. */
function leastBytesOf(value: Json): number {
  if (typeof value === 'string') return value.startsWith('{%') ? 1 : Buffer.byteLength(JSON.stringify(value));
  if (Array.isArray(value)) return value.reduce((bytes: number, item: Json) => bytes + leastBytesOf(item) + 1, 1);
  return isJsonObject(value) ? leastBytesOfObject(value) : JSON.stringify(value).length;
}

function leastBytesOfObject(object: JsonObject): number {
  let bytes = 1;
  for (const [name, member] of Object.entries(object)) {
    const isTemplate = name.endsWith('.$');
    // the name in quotes, a colon, and a comma or bracket behind the value
    bytes += Buffer.byteLength(isTemplate ? name.slice(0, -2) : name) + 4 + (isTemplate ? 1 : leastBytesOf(member));
  }
  return bytes;
}
