import type { Clock } from '../clock.ts';
import type { Cancellation } from './cancellation.ts';
import { Cancelled } from './failure.ts';
import { TaskFailed } from './task-failure.ts';

/** How long a task may take, and when it last gave a sign of life. */
export interface Deadline {
  readonly clock: Clock;
  /** Cancelled when time is up, so that the work can stop. */
  readonly cancellation: Cancellation;
  readonly timeoutSeconds?: number;
  /** Longest pause between two signs of life. */
  readonly heartbeatSeconds?: number;
  lastBeatMs: number;
}

/**
 * The work's result, if it comes in time.
 *
 * @throws {TaskFailed} `States.Timeout`, when time is up or a heartbeat is missed
 * @throws {Cancelled} the line of states was aborted
 */
export function withinDeadline<T>(deadline: Deadline, work: Promise<T>): Promise<T> {
  const { timeoutSeconds, heartbeatSeconds, cancellation } = deadline;
  const contenders: Promise<T>[] = [work, cancelled(cancellation)];
  if (timeoutSeconds !== undefined) contenders.push(timeout(deadline, timeoutSeconds));
  if (heartbeatSeconds !== undefined) contenders.push(missedBeat(deadline, heartbeatSeconds));
  return Promise.race(contenders);
}

function cancelled(cancellation: Cancellation): Promise<never> {
  return new Promise((_, reject) => {
    cancellation.signal.addEventListener('abort', () => reject(new Cancelled()), { once: true });
  });
}

async function timeout({ clock, cancellation }: Deadline, seconds: number): Promise<never> {
  await clock.sleep(seconds * 1_000, cancellation.signal);
  throw new TaskFailed({ error: 'States.Timeout' });
}

async function missedBeat(deadline: Deadline, seconds: number): Promise<never> {
  const { clock, cancellation } = deadline;
  for (;;) {
    const remainingMs = deadline.lastBeatMs + seconds * 1_000 - clock.now();
    if (remainingMs <= 0) throw new TaskFailed({ error: 'States.Timeout', isHeartbeat: true });
    await clock.sleep(remainingMs, cancellation.signal);
  }
}
