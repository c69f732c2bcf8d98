import { isJsonObject, type Json } from '../../json.ts';
import type { Reading } from './reading.ts';

/** What the functions that may end a path (`$.items.length()`) make of the value before them. */
const functions: Readonly<Record<string, (subject: Json, parameters: readonly string[]) => Json | undefined>> = {
  length: (subject) => {
    if (typeof subject === 'string' || Array.isArray(subject)) return subject.length;
    return isJsonObject(subject) ? Object.keys(subject).length : undefined;
  },
  keys: (subject) => (isJsonObject(subject) ? Object.keys(subject) : undefined),
  first: (subject) => (Array.isArray(subject) ? subject.at(0) : undefined),
  last: (subject) => (Array.isArray(subject) ? subject.at(-1) : undefined),
  index: (subject, [position]) => (Array.isArray(subject) ? subject.at(Number(position)) : undefined),
  min: (subject) => ofNumbers(subject, (numbers) => numbers.reduce((a, b) => Math.min(a, b))),
  max: (subject) => ofNumbers(subject, (numbers) => numbers.reduce((a, b) => Math.max(a, b))),
  sum: (subject) => ofNumbers(subject, sum),
  avg: (subject) => ofNumbers(subject, mean),
  stddev: (subject) =>
    ofNumbers(subject, (numbers) => {
      const centre = mean(numbers);
      return Math.sqrt(mean(numbers.map((number) => (number - centre) ** 2)));
    }),
};

/** Names of the functions a path may end with. */
export const pathFunctionNames: readonly string[] = Object.keys(functions);

/** Applies the function that ends a path. */
export function applyFunction(
  call: { readonly name: string; readonly parameters: readonly string[]; readonly text: string },
  subject: Json,
): Reading {
  const value = functions[call.name]?.(subject, call.parameters);
  if (value !== undefined) return { found: true, value };
  return { found: false, reason: `Function ${call.text} cannot be applied to ${JSON.stringify(subject)}` };
}

function ofNumbers(subject: Json, reckon: (numbers: readonly number[]) => number): number | undefined {
  const numbers = Array.isArray(subject) ? subject.filter((item: Json) => typeof item === 'number') : [];
  return numbers.length > 0 ? reckon(numbers) : undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}
