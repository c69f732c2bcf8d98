import type { Fields } from './parse-fields.ts';
import type {
  Catcher,
  ChoiceRule,
  DataFlow,
  Delay,
  Evaluator,
  NumberField,
  ObjectAccess,
  QueryLanguage,
} from './types.ts';

/**
 * What the two query languages do differently, so that states need not know which one they are written in.
 *
 * Every method reads fields of a state and compiles them; absent fields give `undefined` or the field's default.
 */
export interface Language {
  readonly name: QueryLanguage;
  dataFlow(state: Fields): DataFlow;
  rule(rule: Fields, index: number): Pick<ChoiceRule, 'matches' | 'finish'>;
  /** A Choice state's own `Assign` (and `Output`), for when its `Default` is taken. */
  defaultRule(state: Fields): ChoiceRule['finish'];
  catcher(catcher: Fields, index: number): Catcher['finish'];
  /** `TimeoutSeconds`, or in JSONPath also `TimeoutSecondsPath`. */
  number(fields: Fields, name: string, options?: NumberOptions): NumberField | undefined;
  /** A Fail state's `Error` and `Cause`. */
  text(state: Fields, name: string): Evaluator<string> | undefined;
  delay(state: Fields): Delay;
  credentials(state: Fields): Evaluator | undefined;
  /** A Map's array; without a field for it, the effective input. */
  items(state: Fields, data: DataFlow): Evaluator;
  /** A Map's `ItemSelector`, or `Parameters` as it was once called. */
  itemSelector(state: Fields): Evaluator | undefined;
  /** `Arguments` or `Parameters` of an `ItemReader` or `ResultWriter`. */
  accessArguments(access: Fields, name: string): ObjectAccess['arguments'];
  batchInput(batcher: Fields): Evaluator | undefined;
}

/** How a number that a `…Path` field refers to is checked, and named when it is refused. */
export interface NumberOptions {
  /** @default 'integer' */
  readonly kind?: 'integer' | 'float';
  /** Place of the field within its state, for messages: `ItemReader/ReaderConfig/MaxItems`. */
  readonly field?: string;
}
