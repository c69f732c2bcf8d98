import { isJsonObject, type Json } from '../../json.ts';
import { passes } from './evaluate-filter.ts';
import type { Filter } from './filter-syntax.ts';
import type { PathStep } from './path-syntax.ts';
import type { Reading } from './reading.ts';

/** A value on the way along a path. */
export interface Place {
  /** Undefined for an element past the end of an array. */
  readonly value: Json | undefined;
  /** How the service's messages name it: `$['items'][0]`; empty behind a wildcard, where no message names places. */
  readonly text: string;
  /** Whether every step up to here could lead to one value only. */
  readonly isDefinite: boolean;
}

interface Circumstances {
  readonly isLast: boolean;
  /** What `$` stands for inside a filter. */
  readonly document: Json;
  /** Reads a path inside a filter; paths and filters contain one another. */
  readonly readSteps: (document: Json, steps: readonly PathStep[]) => Reading;
}

/** Every place that one step leads to, or the service's sentence why it leads nowhere. */
export function takeStep(place: Place, step: PathStep, circumstances: Circumstances): Place[] | string {
  const { isLast } = circumstances;
  switch (step.kind) {
    case 'property':
      return toProperty(place, step, isLast);
    case 'properties':
      return toProperties(place, step, isLast);
    case 'index':
      return toElements(place, step, (items) => [items.at(step.index)]);
    case 'indexes':
      return toElements(place, step, (items) => itemsAt(items, step.indexes));
    case 'slice':
      return toElements(place, step, (items) => items.slice(step.from, step.to));
    case 'wildcard':
      return childrenOf(place);
    case 'scan':
      return descendantsOf(place);
    case 'filter':
      return toPassing(place, step.filter, circumstances);
    case 'function':
      return `Function ${step.text} can only be the last step of a path`;
  }
}

function toProperty(place: Place, step: { name: string; text: string }, isLast: boolean): Place[] | string {
  if (!isJsonObject(place.value)) return notAnObject(place, step.text);
  const value = memberOf(place.value, step.name);
  const text = place.text + step.text;
  if (value === undefined) return isLast ? `No results for path: ${text}` : `Missing property in path ${text}`;
  return [{ value, text, isDefinite: place.isDefinite }];
}

/** Several names at the end of a path pick a smaller object; before its end they lead to each value. */
function toProperties(
  place: Place,
  step: { names: readonly string[]; text: string },
  isLast: boolean,
): Place[] | string {
  const { value: object } = place;
  if (!isJsonObject(object)) return notAnObject(place, step.text);
  const present = step.names.flatMap((name) => {
    const value = memberOf(object, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (!isLast) return present.map(([, value]) => anonymous(value));
  return [{ value: Object.fromEntries(present), text: place.text + step.text, isDefinite: place.isDefinite }];
}

function toElements(
  place: Place,
  step: { kind: PathStep['kind']; text: string },
  choose: (items: readonly Json[]) => readonly (Json | undefined)[],
): Place[] | string {
  if (place.value === undefined) return `The path ${place.text} is null`;
  if (!Array.isArray(place.value)) {
    return `Filter: ${step.text} can only be applied to arrays. Current context is: ${JSON.stringify(place.value)}`;
  }
  const chosen = choose(place.value);
  if (step.kind !== 'index' || !place.isDefinite) return chosen.map(anonymous);
  return chosen.map((value) => ({ value, text: place.text + step.text, isDefinite: true }));
}

/** The elements of an array that fulfil the condition, or an object that does itself. */
function toPassing(place: Place, filter: Filter, { document, readSteps }: Circumstances): Place[] {
  const candidates = Array.isArray(place.value) ? childrenOf(place) : [{ ...place, isDefinite: false }];
  return candidates.filter(({ value }) => {
    if (value === undefined) return false;
    return passes(filter, ({ from, steps }) => {
      const reading = readSteps(from === '@' ? value : document, steps);
      return reading.found ? reading.value : undefined;
    });
  });
}

function itemsAt(items: readonly Json[], indexes: readonly number[]): Json[] {
  return indexes.map((index) => items.at(index)).filter((item) => item !== undefined);
}

function childrenOf({ value }: Place): Place[] {
  if (Array.isArray(value)) return value.map(anonymous);
  return isJsonObject(value) ? Object.values(value).map(anonymous) : [];
}

/** A place behind a wildcard, slice, filter or scan. */
function anonymous(value: Json | undefined): Place {
  return { value, text: '', isDefinite: false };
}

/** The place itself and everything below it that has members, parents before their children. */
function descendantsOf(place: Place): Place[] {
  const found: Place[] = [];
  const waiting: Place[] = [{ ...place, isDefinite: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    found.push(next);
    for (const child of childrenOf(next).reverse()) waiting.push(child);
  }
  return found;
}

function memberOf(object: { readonly [key: string]: Json }, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

const provider = 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider';

function notAnObject(place: Place, property: string): string {
  return (
    `Expected to find an object with property ${property} in path ${place.text} but found ` +
    `'${javaClassOf(place.value)}'. This is not a json object according to the JsonProvider: '${provider}'.`
  );
}

/** The class the service holds such a value in; its messages show it. */
function javaClassOf(value: Json | undefined): string {
  if (value === undefined) return 'null';
  const node = value === null ? 'Null' : Array.isArray(value) ? 'Array' : nodeOfScalar(value);
  return `com.fasterxml.jackson.databind.node.${node}Node`;
}

function nodeOfScalar(value: Json): string {
  if (typeof value === 'string') return 'Text';
  if (typeof value === 'boolean') return 'Boolean';
  if (!Number.isInteger(value)) return 'Double';
  return Math.abs(Number(value)) <= 0x7fff_ffff ? 'Int' : 'Long';
}
