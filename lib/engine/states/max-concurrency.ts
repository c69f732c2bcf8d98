import type { MapState, Scope } from '../../asl/types.ts';
import { StatesError } from '../../errors.ts';

/**
 * How many iterations of a Map may run at the same time.
 *
 * @param limit most that the kind of Map allows; also what a Map gets that asks for 0, or for nothing
 * @throws {StatesError} the state asks for less than none
 */
export async function readMaxConcurrency(state: MapState, scope: Scope, limit: number): Promise<number> {
  const asked = (await state.maxConcurrency?.(scope)) ?? 0;
  if (asked < 0) {
    throw new StatesError(
      'States.Runtime',
      `Expected non-negative integer for MaxConcurrency, got '${asked}' instead.`,
    );
  }
  return asked === 0 ? limit : Math.min(asked, limit);
}
