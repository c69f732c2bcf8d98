import { StatesError, UsageError } from '../errors.ts';
import { isJsonObject, type Json } from '../json.ts';
import { parsePath } from './json-path/parse-path.ts';
import type { PathStep } from './json-path/path-syntax.ts';

/** A path that names exactly one place, into which a value can be put (`ResultPath`). */
export interface ReferencePath {
  /** As written in the definition. */
  readonly text: string;
  /**
   * A copy of `target` with `value` at the path; objects that are missing on the way are made, everything else is
   * shared with `target`. The path `$` gives `value` itself.
   *
   * @throws {StatesError} `States.ResultPathMatchFailure`: the path runs into a scalar or past the end of an array
   */
  write(target: Json, value: Json): Json;
}

type ReferenceStep = Extract<PathStep, { kind: 'property' | 'index' }>;

/**
 * Compiles a reference path: property names and single indexes only, in dot or bracket notation.
 *
 * @throws {UsageError} the text is no path, or can name more than one place
 * @see https://states-language.net/spec.html#ref-paths
 */
export function compileReferencePath(text: string): ReferencePath {
  const steps = parsePath(text).steps.map((step) => {
    if (step.kind === 'property' || step.kind === 'index') return step;
    throw new UsageError(`'${text}' is no reference path: '${step.text}' can name more than one place`);
  });
  return { text, write: (target, value) => writeAt(text, { target, steps, value }) };
}

interface Writing {
  readonly target: Json | undefined;
  readonly steps: readonly ReferenceStep[];
  readonly value: Json;
}

function writeAt(text: string, { target, steps, value }: Writing): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step.kind === 'property') {
    if (target !== undefined && !isJsonObject(target)) throw mismatch(text, target);
    const below = target !== undefined && Object.hasOwn(target, step.name) ? target[step.name] : undefined;
    return withMember(target, step.name, writeAt(text, { target: below, steps: rest, value }));
  }
  if (!Array.isArray(target) || target.at(step.index) === undefined) throw mismatch(text, target ?? null);
  return target.with(step.index, writeAt(text, { target: target.at(step.index), steps: rest, value }));
}

/** Defines rather than assigns, so that a property named `__proto__` is data like any other. */
function withMember(object: { readonly [key: string]: Json } | undefined, name: string, value: Json): Json {
  const copy = { ...object };
  Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

function mismatch(text: string, target: Json): StatesError {
  return new StatesError(
    'States.ResultPathMatchFailure',
    `Unable to apply ReferencePath ${text} to input ${JSON.stringify(target)}`,
  );
}
