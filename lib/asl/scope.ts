import type { Json } from '../json.ts';
import type { Scope, Variables } from './types.ts';

/** What a scope can differ in from the one it comes from. */
export type ScopeChanges = Partial<Pick<Scope, 'input' | 'result' | 'errorOutput'>>;

/** A scope like another one but for these; the context object is still made only when something reads it. */
export function scopeWith(scope: Scope, changes: ScopeChanges): Scope {
  return new ChangedScope(scope, changes);
}

/** A class, because one is made for most fields of every state, and a getter costs nothing on a prototype. */
class ChangedScope implements Scope {
  readonly input: Json;
  readonly variables: Variables;
  readonly result?: Json;
  readonly errorOutput?: Json;
  readonly now: () => number;
  readonly chance: () => number;
  readonly #base: Scope;

  constructor(base: Scope, { input = base.input, result, errorOutput }: ScopeChanges) {
    this.input = input;
    this.variables = base.variables;
    if (result !== undefined) this.result = result;
    if (errorOutput !== undefined) this.errorOutput = errorOutput;
    this.now = base.now;
    this.chance = base.chance;
    this.#base = base;
  }

  get context(): Json {
    return this.#base.context;
  }
}
