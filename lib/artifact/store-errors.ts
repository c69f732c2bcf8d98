import { TaskError } from '../errors.ts';

/** Nothing is stored under the key. Final. */
export class ObjectNotFoundError extends TaskError {
  override readonly name = 'ObjectNotFoundError';
}

/** A conditional write met another object than the one it expected. Nothing was written. */
export class ConditionFailedError extends TaskError {
  override readonly name = 'ConditionFailedError';
}
