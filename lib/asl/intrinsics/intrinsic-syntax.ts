import type { Json } from '../../json.ts';

/** A call such as `States.Format('Hello {}', $.name)`, as written. */
export interface IntrinsicCall {
  /** Without `States.`. */
  readonly name: string;
  readonly arguments: readonly IntrinsicArgument[];
}

export type IntrinsicArgument =
  | { readonly kind: 'call'; readonly call: IntrinsicCall }
  /** Text of a JSONPath. */
  | { readonly kind: 'path'; readonly path: string }
  /** `template` is a literal text in which `\{`, `\}` and `\\` are still escaped, as `States.Format` needs it. */
  | { readonly kind: 'literal'; readonly value: Json; readonly template?: string };
