import type { Json } from '../json.ts';
import { parseTimestamp } from './rfc3339.ts';

type Comparison = (value: Json, operand: Json) => boolean;

/** Every comparison of a choice rule but `IsPresent`, by its field; a `…Path` field compares the same way. */
export const comparisons = {
  StringEquals: strings((order) => order === 0),
  StringLessThan: strings((order) => order < 0),
  StringLessThanEquals: strings((order) => order <= 0),
  StringGreaterThan: strings((order) => order > 0),
  StringGreaterThanEquals: strings((order) => order >= 0),
  StringMatches: (value, operand) =>
    typeof value === 'string' && typeof operand === 'string' && matchesWildcards(value, operand),
  NumericEquals: numbers((order) => order === 0),
  NumericLessThan: numbers((order) => order < 0),
  NumericLessThanEquals: numbers((order) => order <= 0),
  NumericGreaterThan: numbers((order) => order > 0),
  NumericGreaterThanEquals: numbers((order) => order >= 0),
  BooleanEquals: (value, operand) => typeof value === 'boolean' && value === operand,
  TimestampEquals: timestamps((order) => order === 0),
  TimestampLessThan: timestamps((order) => order < 0),
  TimestampLessThanEquals: timestamps((order) => order <= 0),
  TimestampGreaterThan: timestamps((order) => order > 0),
  TimestampGreaterThanEquals: timestamps((order) => order >= 0),
  IsNull: (value, operand) => (value === null) === operand,
  IsNumeric: (value, operand) => (typeof value === 'number') === operand,
  IsString: (value, operand) => (typeof value === 'string') === operand,
  IsBoolean: (value, operand) => (typeof value === 'boolean') === operand,
  IsTimestamp: (value, operand) => (instantOf(value) !== undefined) === operand,
} satisfies Record<string, Comparison>;

/** The field of a comparison. */
export type ComparisonName = keyof typeof comparisons;

/** Texts are ordered by their UTF-16 code units, as in the service. */
function strings(accepts: (order: number) => boolean): Comparison {
  return (value, operand) => {
    if (typeof value !== 'string' || typeof operand !== 'string') return false;
    return accepts(value === operand ? 0 : value < operand ? -1 : 1);
  };
}

function numbers(accepts: (order: number) => boolean): Comparison {
  return (value, operand) => typeof value === 'number' && typeof operand === 'number' && accepts(value - operand);
}

function timestamps(accepts: (order: number) => boolean): Comparison {
  return (value, operand) => {
    const left = instantOf(value);
    const right = instantOf(operand);
    if (left === undefined || right === undefined) return false;
    return accepts(left === right ? 0 : left < right ? -1 : 1);
  };
}

function instantOf(value: Json): bigint | undefined {
  return typeof value === 'string' ? parseTimestamp(value) : undefined;
}

/**
 * Whether `text` has the shape of `pattern`, in which `*` stands for any characters, none included, and a backslash
 * takes the meaning from the `*` or backslash after it.
 *
 * Linear in the text for each star: a star that was passed is never reconsidered once the next one is reached.
 */
function matchesWildcards(text: string, pattern: string): boolean {
  const pieces = piecesOf(pattern);
  const [first = '', ...others] = pieces;
  if (others.length === 0) return text === first;
  const last = others.pop() ?? '';
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let position = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, position);
    if (found < 0 || found + piece.length > end) return false;
    position = found + piece.length;
  }
  return true;
}

/** The literal texts between the stars of a pattern. */
function piecesOf(pattern: string): string[] {
  const pieces = [''];
  for (let position = 0; position < pattern.length; position += 1) {
    const character = pattern.charAt(position);
    const next = pattern.charAt(position + 1);
    if (character === '*') {
      pieces.push('');
    } else {
      const isEscape = character === '\\' && (next === '*' || next === '\\');
      pieces[pieces.length - 1] += isEscape ? next : character;
      if (isEscape) position += 1;
    }
  }
  return pieces;
}
