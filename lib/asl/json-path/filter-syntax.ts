import type { Json } from '../../json.ts';
import type { PathStep } from './path-syntax.ts';

/** How two operands of a filter may be related. */
export const comparators = [
  '===',
  '!==',
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  '=~',
  'in',
  'nin',
  'subsetof',
  'anyof',
  'noneof',
  'contains',
  'size',
  'empty',
] as const;

export type Comparator = (typeof comparators)[number];

/** A path inside a filter; `@` starts at the candidate, `$` at the document that is read. */
export interface PathOperand {
  readonly kind: 'path';
  readonly from: '@' | '$';
  readonly steps: readonly PathStep[];
}

/** One side of a comparison. */
export type Operand =
  | PathOperand
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'pattern'; readonly pattern: RegExp };

/** The condition of `[?(…)]`; it is data, so nothing in a definition is ever run as code. */
export type Filter =
  | { readonly kind: 'or' | 'and'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | {
      readonly kind: 'comparison';
      readonly left: Operand;
      readonly comparator: Comparator;
      readonly right: Operand;
    };
