import { QueryEvaluationError } from '../../asl/jsonata.ts';
import { parseTimestamp } from '../../asl/rfc3339.ts';
import type { Delay, WaitState } from '../../asl/types.ts';
import { StatesError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { type Frame, scopeOf } from '../frame.ts';
import { finish, type StateVisit, type Step } from '../visit.ts';

/** Longest wait in milliseconds: the service counts seconds in a signed 32-bit number of milliseconds. */
const maxDelayMs = 24_855 * 86_400_000;

const maxDelaySeconds = 99_999_999;

/** Lets time pass, for so long or until a moment; a moment that has passed ends the wait at once. */
export async function runWait(frame: Frame, visit: StateVisit<WaitState>): Promise<Step> {
  const { state, input } = visit;
  const { clock } = frame.run.world;
  const scope = scopeOf(frame, visit.visit, input);
  const value = await state.delay.evaluate(scope);
  const delayMs =
    state.delay.kind === 'seconds' ? millisecondsOf(state.delay, value) : untilMs(state.delay, value, clock.now());
  if (delayMs > 0) {
    await frame.run.history.settled();
    await clock.sleep(delayMs, frame.cancellation.signal);
  }
  return finish(frame, visit, await state.data.prepare(scope));
}

function millisecondsOf(delay: Delay, value: Json): number {
  const place =
    delay.path === undefined ? '' : `: ${delay.path} == ${typeof value === 'string' ? value : JSON.stringify(value)}`;
  const seconds = typeof value === 'string' && delay.path !== undefined ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds)) {
    throw invalid(delay, `The ${delay.field} ${noun(delay)} cannot be parsed as a long value${place}`);
  }
  if (seconds < 0) throw invalid(delay, `The ${delay.field} ${noun(delay)} references a negative value${place}`);
  if (seconds > maxDelaySeconds) throw invalid(delay, 'Wait state delay is too long.');
  return seconds * 1_000;
}

function untilMs(delay: Delay, value: Json, now: number): number {
  const moment = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (moment === undefined) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    throw invalid(
      delay,
      delay.path === undefined
        ? `The ${delay.field} field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`
        : `The ${delay.field} parameter does not reference a valid ISO-8601 extended offset date-time format string: ${delay.path} == ${text}`,
    );
  }
  const delayMs = Number(moment / 1_000_000n) - now;
  if (delayMs > maxDelayMs) throw invalid(delay, 'Wait state delay is too long.');
  return delayMs;
}

function noun(delay: Delay): string {
  return delay.path === undefined ? 'field' : 'parameter';
}

function invalid(delay: Delay, message: string): StatesError {
  if (delay.path === undefined) return new QueryEvaluationError(message, delay.field);
  return new StatesError('States.Runtime', message);
}
