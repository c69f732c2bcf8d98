import { type Awaitable, andThen } from '../../asl/awaitable.ts';
import type { SucceedState } from '../../asl/types.ts';
import { type Frame, scopeOf } from '../frame.ts';
import { finish, type StateVisit, type Step } from '../visit.ts';

/** Ends the line with its output. */
export function runSucceed(frame: Frame, visit: StateVisit<SucceedState>): Awaitable<Step> {
  const prepared = visit.state.data.prepare(scopeOf(frame, visit.visit, visit.input));
  return andThen(prepared, (result) => finish(frame, visit, result));
}
