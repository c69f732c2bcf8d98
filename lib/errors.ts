/**
 * A task's failure, read by ASL `Retry` and `Catch` through its `name`.
 *
 * `name` is a literal in every subclass, because Lambda reports `error.name` as the ASL error name and minifiers
 * rename classes. It never starts with `States.`.
 */
export abstract class TaskError extends Error {
  abstract override readonly name: string;
}

/** A source did not answer, or answered 5xx. ASL should retry it. */
export class SourceUnavailableError extends TaskError {
  override readonly name = 'SourceUnavailableError';
}

/** A source answered 429 longer than the client was willing to wait. ASL should retry it. */
export class SourceThrottledError extends TaskError {
  override readonly name = 'SourceThrottledError';
}

/** A source refused the request (4xx, wrong key). Final: repeating it gives the same answer. */
export class SourceRejectedError extends TaskError {
  override readonly name = 'SourceRejectedError';
}

/** Data broke a schema, a contract or a completeness rule. Final: nothing was published. */
export class InvalidDataError extends TaskError {
  override readonly name = 'InvalidDataError';
}

/**
 * A failure of the state machine itself, with the service's own name (`States.Timeout`, `States.Runtime`, …).
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export class StatesError extends Error {
  override readonly name: string;
  readonly stateName?: string;

  constructor(name: string, message?: string, options?: ErrorOptions & { stateName?: string }) {
    super(message, options);
    this.name = name;
    if (options?.stateName !== undefined) this.stateName = options.stateName;
  }
}

/**
 * A mistake of the person at the keyboard (or of a definition they wrote): exit code 2, HTTP 400, failed synth.
 *
 * The message says what is wrong, the value received and what is allowed; `hint` says what to do next.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint?: string;

  constructor(message: string, options?: ErrorOptions & { hint?: string }) {
    super(message, options);
    if (options?.hint !== undefined) this.hint = options.hint;
  }
}
