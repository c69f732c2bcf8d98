import { TaskError } from '../errors.ts';

/** Nothing is stored under the key. Final. */
export class ObjectNotFoundError extends TaskError {
  override readonly name = 'ObjectNotFoundError';
}

/** A conditional write met another object than the one it expected. Nothing was written. */
export class ConditionFailedError extends TaskError {
  override readonly name = 'ConditionFailedError';
}

/** The store did not answer, after the adapter's own bounded retries. ASL should retry it. */
export class StoreUnavailableError extends TaskError {
  override readonly name = 'StoreUnavailableError';
}

/** The store answers, but not us: no such bucket, no permission, not a folder. Final until someone changes that. */
export class StoreRefusedError extends TaskError {
  override readonly name = 'StoreRefusedError';
}

/** The bytes read back have another SHA-256 than the one recorded when they were stored. Final. */
export class ChecksumMismatchError extends TaskError {
  override readonly name = 'ChecksumMismatchError';
}
