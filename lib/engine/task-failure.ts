import { Cancelled, type Failure, StateFailed } from './failure.ts';

/**
 * Thrown by a task resource that knows exactly how it failed.
 *
 * Either part may be absent: a task token can come back with an unnamed failure.
 */
export class TaskFailed extends Error {
  override readonly name = 'TaskFailed';
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.cause ?? failure.error ?? 'the task failed', options);
    this.failure = failure;
  }
}

/** Nothing was started that could have been waited for. */
export class SubmitFailed extends TaskFailed {}

/** What a task's error means to its state: any error is told the way Lambda tells a function's. */
export function taskFailureOf(error: unknown): Failure {
  if (error instanceof Cancelled) throw error;
  if (error instanceof TaskFailed || error instanceof StateFailed) return error.failure;
  if (!(error instanceof Error)) return { error: 'Error', cause: String(error) };
  const trace = (error.stack ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
  const report = { errorType: error.name, errorMessage: error.message, trace };
  return { error: error.name, cause: JSON.stringify(report) };
}
