import type { Json } from '../../json.ts';
import type { ItemSource } from './item-source.ts';
import type { LiveMapRun } from './map-runs.ts';
import type { ChildResult, ResultSink } from './results.ts';
import { isExceeded, toleranceExceeded } from './tolerance.ts';

/** The child executions of one Map Run. */
export interface Children {
  readonly inputs: ItemSource;
  /** Told of every child; its limits are asked again before each. */
  readonly live: LiveMapRun;
  readonly results: ResultSink;
  /** Runs one child to its end. */
  run(input: Json, index: number): Promise<ChildResult>;
}

/**
 * Runs one child execution per input, so many at a time, and reads no further ahead than that.
 *
 * @throws {StateFailed} more children failed than are tolerated, or the inputs cannot be read
 */
export async function runChildren({ inputs, live, results, run }: Children): Promise<Json> {
  const { limits } = live;
  let nextIndex = 0;
  let failureCount = 0;
  let isOver = false;
  let laneCount = 0;
  const done = Promise.withResolvers<void>();

  /** Whether one more child may run besides those that do; one always may, however low the limit is set meanwhile. */
  const hasRoom = () => laneCount < Math.max(1, limits.maxConcurrency);
  const count = (result: ChildResult): void => {
    live.childEnded(result);
    if (result.status !== 'SUCCEEDED') failureCount += 1;
    if (isExceeded(limits, failureCount)) throw toleranceExceeded();
  };
  const work = async (): Promise<void> => {
    while (!isOver) {
      const next = inputs.next();
      const input = next instanceof Promise ? await next : next;
      if (input === undefined || isOver) break;
      live.childStarted(nextIndex);
      const running = run(input, nextIndex++);
      if (hasRoom()) startLane();
      const result = await running;
      const taken = results.take(result);
      if (taken instanceof Promise) await taken;
      count(result);
      laneCount -= 1;
      if (!hasRoom()) return;
      laneCount += 1;
    }
    laneCount -= 1;
  };
  const startLane = (): void => {
    laneCount += 1;
    work().then(
      () => {
        if (laneCount === 0) done.resolve();
      },
      (error: unknown) => {
        isOver = true;
        done.reject(error);
      },
    );
  };

  startLane();
  await done.promise;
  if (isExceeded(limits, failureCount, nextIndex)) throw toleranceExceeded();
  return results.finish();
}
