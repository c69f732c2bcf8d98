import { type Awaitable, andThen } from '../../asl/awaitable.ts';
import type { PassState } from '../../asl/types.ts';
import { type Frame, scopeOf } from '../frame.ts';
import { finish, type StateVisit, type Step } from '../visit.ts';

/** Hands on its fixed result, or its effective input. */
export function runPass(frame: Frame, visit: StateVisit<PassState>): Awaitable<Step> {
  const { state, input } = visit;
  if (state.result !== undefined) return finish(frame, visit, state.result);
  const prepared = state.data.prepare(scopeOf(frame, visit.visit, input));
  return andThen(prepared, (result) => finish(frame, visit, result));
}
