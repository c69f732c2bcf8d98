import type { Json } from '../json.ts';

/** What a JSONPath of a state can see; each path names one of the three by how it begins. */
export interface Roots {
  /** `$`: the state's input, or its result where a field reads that (`ResultSelector`, `OutputPath`). */
  readonly input: Json;
  /** `$$`: the context object. */
  readonly context: Json;
  /** `$name`: every variable in scope, by its name without the `$`. */
  readonly variables: Readonly<Record<string, Json>>;
  /**
   * A number in [0, 1) for `States.UUID` and `States.MathRandom`.
   *
   * @default the system's randomness
   */
  readonly chance?: () => number;
}
