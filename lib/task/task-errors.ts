import { TaskError } from '../errors.ts';

/** A task came so near to its time limit that it was stopped. ASL should not retry it: it needs time, or less work. */
export class TaskTimeoutError extends TaskError {
  override readonly name = 'TaskTimeoutError';
}

/** A task used something that its manifest does not declare; on AWS its role would refuse it. Final. */
export class UndeclaredAccessError extends TaskError {
  override readonly name = 'UndeclaredAccessError';
}
