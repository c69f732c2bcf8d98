import type { Json } from '../../json.ts';
import type { ChildResult, ResultSink } from './results.ts';
import { type Tolerance, toleranceExceeded } from './tolerance.ts';

/** The child executions of one Map Run. */
export interface Children {
  readonly inputs: AsyncIterator<Json>;
  readonly concurrency: number;
  readonly tolerance: Tolerance;
  readonly results: ResultSink;
  /** Runs one child to its end. */
  run(input: Json, index: number): Promise<ChildResult>;
}

/**
 * Runs one child execution per input, so many at a time, and reads no further ahead than that.
 *
 * @throws {StateFailed} more children failed than are tolerated, or the inputs cannot be read
 */
export async function runChildren({ inputs, concurrency, tolerance, results, run }: Children): Promise<Json> {
  let nextIndex = 0;
  let failureCount = 0;
  let isOver = false;
  let laneCount = 0;
  const done = Promise.withResolvers<void>();

  const work = async (): Promise<void> => {
    while (!isOver) {
      const next = await inputs.next();
      if (next.done || isOver) return;
      const index = nextIndex++;
      if (laneCount < concurrency) startLane();
      const result = await run(next.value, index);
      await results.take(result);
      if (result.status !== 'SUCCEEDED') failureCount += 1;
      if (tolerance.isExceeded(failureCount)) throw toleranceExceeded();
    }
  };
  const startLane = (): void => {
    laneCount += 1;
    work().then(
      () => {
        laneCount -= 1;
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
  if (tolerance.isExceededOf(failureCount, nextIndex)) throw toleranceExceeded();
  return results.finish();
}
