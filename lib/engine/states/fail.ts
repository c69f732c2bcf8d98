import type { FailState } from '../../asl/types.ts';
import { StateFailed } from '../failure.ts';
import { type Frame, scopeOf } from '../frame.ts';
import type { StateVisit } from '../visit.ts';

/** Fails with the error and cause that the definition names, either of which may be absent. */
export async function runFail(frame: Frame, { state, visit, input }: StateVisit<FailState>): Promise<never> {
  const scope = scopeOf(frame, visit, input);
  const error = await state.error?.(scope);
  const cause = await state.cause?.(scope);
  throw new StateFailed({ ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
}
