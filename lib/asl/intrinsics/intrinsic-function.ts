import { StatesError } from '../../errors.ts';
import type { Json } from '../../json.ts';

/** One `States.…` function: how many arguments it takes, and what it makes of them. */
export interface IntrinsicFunction {
  readonly fewestArguments: number;
  /** Infinity when there is no limit. */
  readonly mostArguments: number;
  /**
   * @param chance a number in [0, 1), for the functions that are never twice the same
   * @throws {StatesError} `States.IntrinsicFailure`: an argument is not what the function takes
   */
  apply(values: readonly Json[], chance: () => number): Json;
}

/** A function of a fixed number of arguments. */
export function taking(count: number, apply: IntrinsicFunction['apply']): IntrinsicFunction {
  return { fewestArguments: count, mostArguments: count, apply };
}

/** The failure of an intrinsic function; `reason` is a sentence about the argument. */
export function intrinsicFailure(reason: string): StatesError {
  return new StatesError('States.IntrinsicFailure', reason);
}

/** @throws {StatesError} the value is not an array */
export function arrayOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  throw intrinsicFailure(`Invalid arguments: expected an array but was ${JSON.stringify(value)}`);
}

/** @throws {StatesError} the value is not a text */
export function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  throw intrinsicFailure(`Invalid arguments: expected a string but was ${JSON.stringify(value)}`);
}

/**
 * The nearest integer, halves upwards: numeric arguments are rounded, not refused.
 *
 * @throws {StatesError} the value is not a number
 */
export function integerOf(value: Json | undefined): number {
  // + 0 turns -0 into 0
  if (typeof value === 'number') return Math.round(value) + 0;
  throw intrinsicFailure(`Invalid arguments: expected a number but was ${JSON.stringify(value)}`);
}
