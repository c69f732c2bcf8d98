import type { MapState, Scope } from '../../asl/types.ts';
import { StatesError } from '../../errors.ts';
import type { MapRunLimits } from '../../execution/map-run.ts';
import { StateFailed } from '../failure.ts';

/** How many child executions of a Map Run may fail before it fails itself; each counts for itself. */
export type Tolerance = Pick<MapRunLimits, 'toleratedFailureCount' | 'toleratedFailurePercentage'>;

/** @throws {StatesError} a tolerance is out of its range */
export async function readTolerance(state: MapState, scope: Scope): Promise<Tolerance> {
  const toleratedFailureCount = await state.toleratedFailureCount?.(scope);
  const toleratedFailurePercentage = await state.toleratedFailurePercentage?.(scope);
  if (toleratedFailureCount !== undefined && toleratedFailureCount < 0) {
    throw outOfRange('ToleratedFailureCount cannot be negative.');
  }
  if (
    toleratedFailurePercentage !== undefined &&
    (toleratedFailurePercentage < 0 || toleratedFailurePercentage > 100)
  ) {
    throw outOfRange('ToleratedFailurePercentage must be between 0 and 100.');
  }
  return {
    ...(toleratedFailureCount !== undefined && { toleratedFailureCount }),
    ...(toleratedFailurePercentage !== undefined && { toleratedFailurePercentage }),
  };
}

/**
 * Whether so many failures are too many; without any tolerance, the first is.
 *
 * @param itemCount how many items there are; a percentage counts only once that is known
 */
export function isExceeded(tolerance: Tolerance, failureCount: number, itemCount?: number): boolean {
  const { toleratedFailureCount, toleratedFailurePercentage } = tolerance;
  const maxCount = toleratedFailureCount ?? (toleratedFailurePercentage === undefined ? 0 : Number.POSITIVE_INFINITY);
  if (failureCount > maxCount) return true;
  if (toleratedFailurePercentage === undefined || itemCount === undefined) return false;
  return failureCount * 100 > toleratedFailurePercentage * itemCount;
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
