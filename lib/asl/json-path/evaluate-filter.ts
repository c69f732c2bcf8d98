import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type Json } from '../../json.ts';
import type { Comparator, Filter, Operand, PathOperand } from './filter-syntax.ts';

type Value = Json | RegExp | undefined;

/**
 * Whether the condition of `[?(…)]` is fulfilled.
 *
 * @param read what a path inside the condition leads to; undefined when it leads nowhere
 */
export function passes(filter: Filter, read: (path: PathOperand) => Json | undefined): boolean {
  const operandValue = (operand: Operand): Value => {
    if (operand.kind === 'literal') return operand.value;
    return operand.kind === 'pattern' ? operand.pattern : read(operand);
  };
  switch (filter.kind) {
    case 'or':
      return filter.filters.some((part) => passes(part, read));
    case 'and':
      return filter.filters.every((part) => passes(part, read));
    case 'not':
      return !passes(filter.filter, read);
    case 'exists':
      return operandValue(filter.operand) !== undefined;
    case 'comparison':
      return relations[filter.comparator](operandValue(filter.left), operandValue(filter.right));
  }
}

const relations: Record<Comparator, (left: Value, right: Value) => boolean> = {
  '==': isLooselyEqual,
  '!=': (left, right) => !isLooselyEqual(left, right),
  '===': isStrictlyEqual,
  '!==': (left, right) => !isStrictlyEqual(left, right),
  '<': (left, right) => order(left, right) < 0,
  '<=': (left, right) => order(left, right) <= 0,
  '>': (left, right) => order(left, right) > 0,
  '>=': (left, right) => order(left, right) >= 0,
  '=~': (left, right) => right instanceof RegExp && isScalar(left) && right.test(String(left)),
  in: isMember,
  nin: (left, right) => !isMember(left, right),
  subsetof: (left, right) => Array.isArray(left) && left.every((item: Json) => isMember(item, right)),
  anyof: (left, right) => Array.isArray(left) && left.some((item: Json) => isMember(item, right)),
  noneof: (left, right) => Array.isArray(left) && !left.some((item: Json) => isMember(item, right)),
  contains: (left, right) =>
    typeof left === 'string' ? typeof right === 'string' && left.includes(right) : isMember(right, left),
  size: (left, right) => sizeOf(left) === right,
  empty: (left, right) => (sizeOf(left) === 0) === right,
};

function isStrictlyEqual(left: Value, right: Value): boolean {
  return isDeepStrictEqual(left, right);
}

/** A number equals the text that spells it. */
function isLooselyEqual(left: Value, right: Value): boolean {
  if (typeof left === 'number' && typeof right === 'string') return spells(right, left);
  if (typeof left === 'string' && typeof right === 'number') return spells(left, right);
  return isDeepStrictEqual(left, right);
}

function spells(text: string, number: number): boolean {
  return text.trim() !== '' && Number(text) === number;
}

/** Below, at or above zero as `left` is before, at or after `right`; NaN, which is neither, when they are not alike. */
function order(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') return Number.NaN;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function isScalar(value: Value): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isMember(value: Value, list: Value): boolean {
  return Array.isArray(list) && list.some((item: Json) => isLooselyEqual(value, item));
}

function sizeOf(value: Value): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return !(value instanceof RegExp) && isJsonObject(value) ? Object.keys(value).length : undefined;
}
