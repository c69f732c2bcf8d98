import type { Filter } from './filter-syntax.ts';

/** Which of the three documents a path starts from. */
export type PathRoot =
  | { readonly kind: 'input' }
  | { readonly kind: 'context' }
  | { readonly kind: 'variable'; readonly name: string };

/** One step of a path; `text` is the step in the bracket notation of the service's messages. */
export type PathStep = { readonly text: string } & (
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'properties'; readonly names: readonly string[] }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'scan' }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'function'; readonly name: string; readonly parameters: readonly string[] }
);

/** A path as written: where it starts and the steps it takes. */
export interface PathSyntax {
  readonly root: PathRoot;
  readonly steps: readonly PathStep[];
}

const definiteKinds: ReadonlySet<PathStep['kind']> = new Set(['property', 'index', 'function']);

/** Whether the steps can lead to one value at most; other paths read as the array of everything they match. */
export function isDefinite(steps: readonly PathStep[]): boolean {
  const last = steps.at(-1);
  if (last?.kind === 'function') return true;
  return steps.every((step) => definiteKinds.has(step.kind) || (step === last && step.kind === 'properties'));
}
