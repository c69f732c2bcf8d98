import type { MapState, Scope } from '../../asl/types.ts';
import { StatesError } from '../../errors.ts';
import { StateFailed } from '../failure.ts';

/** How many child executions of a Map Run may fail before it fails itself. */
export interface Tolerance {
  /** Whether so many failures are too many already, whatever the number of items. */
  isExceeded(failureCount: number): boolean;
  /** Whether they are too many now that the number of items is known. */
  isExceededOf(failureCount: number, itemCount: number): boolean;
}

/**
 * Reads the two tolerances of a Map; each counts for itself, and without any the first failure is one too many.
 *
 * @throws {StatesError} a tolerance is out of its range
 */
export async function readTolerance(state: MapState, scope: Scope): Promise<Tolerance> {
  const count = await state.toleratedFailureCount?.(scope);
  const percentage = await state.toleratedFailurePercentage?.(scope);
  if (count !== undefined && count < 0) throw outOfRange('ToleratedFailureCount cannot be negative.');
  if (percentage !== undefined && (percentage < 0 || percentage > 100)) {
    throw outOfRange('ToleratedFailurePercentage must be between 0 and 100.');
  }
  const maxCount = count ?? (percentage === undefined ? 0 : Number.POSITIVE_INFINITY);
  return {
    isExceeded: (failureCount) => failureCount > maxCount,
    isExceededOf: (failureCount, itemCount) =>
      failureCount > maxCount || (percentage !== undefined && failureCount * 100 > percentage * itemCount),
  };
}

/** The failure of a Map Run in which too many child executions have failed. */
export function toleranceExceeded(): StateFailed {
  return new StateFailed({
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  });
}

function outOfRange(message: string): StatesError {
  return new StatesError('States.Runtime', message);
}
