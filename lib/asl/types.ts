import type { Json, JsonObject } from '../json.ts';
import type { Awaitable } from './awaitable.ts';
import type { Roots } from './roots.ts';

/** How a state's fields are written: paths and intrinsics, or JSONata expressions. */
export type QueryLanguage = 'JSONPath' | 'JSONata';

/** Variables by name, without the `$`. */
export type Variables = Readonly<Record<string, Json>>;

/** Everything a field of a state can see while it is evaluated. */
export interface Scope extends Roots {
  /** What the state did: `$states.result`, present in `Output` and `Assign`. */
  readonly result?: Json;
  /** What went wrong: `$states.errorOutput`, present in a catcher's `Output` and `Assign`. */
  readonly errorOutput?: Json;
  /** Milliseconds since the epoch, for JSONata's `$now` and `$millis`. */
  readonly now: () => number;
  readonly chance: () => number;
}

/** A field of a definition, compiled once, to be evaluated as often as its state is entered. */
export type Evaluator<T extends Json = Json> = (scope: Scope) => Awaitable<T>;

/** A number that is written in the definition or computed; `undefined` stands for a field that is not there. */
export type NumberField = Evaluator<number>;

/** What leaves a state: the next state's input, and variables for all that follow. */
export interface StateExit {
  readonly output: Json;
  readonly assigned?: Variables;
}

/** How data passes through a state, in the state's query language. */
export interface DataFlow {
  readonly language: QueryLanguage;
  /** What the state works on: `InputPath` and `Parameters`, or `Arguments`. */
  readonly prepare: Evaluator;
  /** From the result to what leaves the state: `ResultSelector` … `OutputPath`, or `Output`; and `Assign`. */
  finish(scope: Scope, result: Json): Awaitable<StateExit>;
}

/** One entry of `Retry`. */
export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds?: number;
  readonly jitter: 'FULL' | 'NONE';
}

/** One entry of `Catch`. */
export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  /** Takes the error output (`{Error, Cause}`) to the next state's input. */
  finish(scope: Scope, errorOutput: JsonObject): Awaitable<StateExit>;
}

interface StateBase {
  readonly name: string;
  /** The state as written, to tell whether a definition has changed. */
  readonly definition: JsonObject;
  readonly data: DataFlow;
  /** Absent when the state ends its machine. */
  readonly next?: string;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

/** Hands its input on, changed or not. */
export interface PassState extends StateBase {
  readonly type: 'Pass';
  /** A fixed `Result`; without it the effective input is the result. */
  readonly result?: Json;
}

/** Ends its machine well. */
export interface SucceedState extends StateBase {
  readonly type: 'Succeed';
}

/** Ends its machine with an error. */
export interface FailState extends StateBase {
  readonly type: 'Fail';
  readonly error?: Evaluator<string>;
  readonly cause?: Evaluator<string>;
}

/** How long a Wait state waits, and how the definition names that field in messages. */
export interface Delay {
  readonly kind: 'seconds' | 'timestamp';
  readonly evaluate: Evaluator;
  /** Name of the field: `Seconds`, `SecondsPath`, `Timestamp`, `TimestampPath`. */
  readonly field: string;
  /** The reference path, for the two `…Path` fields. */
  readonly path?: string;
}

/** Lets time pass. */
export interface WaitState extends StateBase {
  readonly type: 'Wait';
  readonly delay: Delay;
}

/** One entry of `Choices`. */
export interface ChoiceRule {
  readonly matches: (scope: Scope) => Awaitable<boolean>;
  readonly next: string;
  finish(scope: Scope): Awaitable<StateExit>;
}

/** Goes on with the first rule that matches. */
export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly rules: readonly ChoiceRule[];
  readonly default?: string;
  /** What leaves the state when `Default` is taken. */
  finishDefault(scope: Scope): Awaitable<StateExit>;
}

/** Calls something outside the machine. */
export interface TaskState extends StateBase {
  readonly type: 'Task';
  readonly resource: string;
  readonly timeoutSeconds?: NumberField;
  readonly heartbeatSeconds?: NumberField;
  readonly credentials?: Evaluator;
}

/** Runs several branches on the same input. */
export interface ParallelState extends StateBase {
  readonly type: 'Parallel';
  readonly branches: readonly StateGraph[];
}

/** Where a distributed Map finds its items, or leaves its results. */
export interface ObjectAccess {
  readonly resource: string;
  readonly arguments: Evaluator;
  /** `ReaderConfig` or `WriterConfig` as written. */
  readonly config: JsonObject;
  readonly maxItems?: NumberField;
}

/** How a distributed Map hands several items to one child execution. */
export interface ItemBatcher {
  readonly maxItemsPerBatch?: NumberField;
  readonly maxInputBytesPerBatch?: NumberField;
  readonly batchInput?: Evaluator;
}

/** Runs its processor once per item. */
export interface MapState extends StateBase {
  readonly type: 'Map';
  readonly processor: StateGraph;
  readonly mode: 'INLINE' | 'DISTRIBUTED';
  /** Of child executions of a distributed Map. */
  readonly executionType: 'STANDARD' | 'EXPRESS';
  /** The array to go through: `Items`, `ItemsPath` or the effective input. */
  readonly items: Evaluator;
  /** Makes one iteration's input; the context holds `Map.Item`. */
  readonly itemSelector?: Evaluator;
  /** What `$` is to the item selector. */
  readonly selectorInput: Evaluator;
  readonly maxConcurrency?: NumberField;
  readonly toleratedFailureCount?: NumberField;
  readonly toleratedFailurePercentage?: NumberField;
  readonly itemReader?: ObjectAccess;
  readonly itemBatcher?: ItemBatcher;
  readonly resultWriter?: ObjectAccess;
  readonly label?: string;
}

/** Any state, compiled. */
export type State =
  | PassState
  | SucceedState
  | FailState
  | WaitState
  | ChoiceState
  | TaskState
  | ParallelState
  | MapState;

/** States that follow one another from `startAt`: a machine, a branch or an item processor. */
export interface StateGraph {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A state machine, compiled once and run as often as needed. */
export interface Machine extends StateGraph {
  readonly comment?: string;
  readonly queryLanguage: QueryLanguage;
  readonly timeoutSeconds?: number;
  /** The definition as text, as it was given. */
  readonly text: string;
}
