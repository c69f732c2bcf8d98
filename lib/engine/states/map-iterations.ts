import type { Awaitable } from '../../asl/awaitable.ts';
import type { Json } from '../../json.ts';
import { abortFrames } from '../abort.ts';
import { Cancelled } from '../failure.ts';
import { append, childFrame, type Frame, record } from '../frame.ts';

/** What the iterations of an inline Map have in common. */
export interface Iterations {
  readonly mapName: string;
  readonly items: readonly Json[];
  readonly concurrency: number;
  inputOf(item: Json, index: number): Awaitable<Json>;
  run(frame: Frame, input: Json): Promise<Json>;
}

interface Running {
  readonly index: number;
  readonly frame: Frame;
}

/**
 * Runs one iteration per item, so many at a time; each that ends lets the next one follow from it.
 *
 * @throws {StateFailed} of the first iteration that fails; the others are aborted
 */
export async function runIterations(parent: Frame, iterations: Iterations): Promise<Json[]> {
  const { items, mapName, concurrency } = iterations;
  const outputs = new Array<Json>(items.length).fill(null);
  const running = new Map<number, Running>();
  let nextIndex = 0;
  let hasFailed = false;

  const start = (afterEventId: number): Running => {
    const index = nextIndex++;
    const frame = childFrame(parent, `${mapName}[${index}]`, { Item: { Index: index, Value: items[index] ?? null } });
    frame.lastEventId = afterEventId;
    record(frame, 'MapIterationStarted', { name: mapName, index });
    const started = { index, frame };
    running.set(index, started);
    return started;
  };

  const runOne = async ({ index, frame }: Running): Promise<void> => {
    const input = iterations.inputOf(items[index] ?? null, index);
    outputs[index] = await iterations.run(frame, input instanceof Promise ? await input : input);
    running.delete(index);
    parent.lastEventId = append(frame, 'MapIterationSucceeded', { name: mapName, index });
  };

  const fail = (failed: Running, error: unknown): void => {
    if (hasFailed || error instanceof Cancelled) return;
    hasFailed = true;
    parent.lastEventId = failed.frame.lastEventId;
    const others = [...running.values()].filter((other) => other !== failed);
    const inOrder = [failed, ...others];
    abortFrames(
      inOrder.map(({ frame }) => frame),
      {
        after: failed.frame.lastEventId,
        tell: (frame, at) => {
          const type = at === 0 ? 'MapIterationFailed' : 'MapIterationAborted';
          append(frame, type, { name: mapName, index: inOrder[at]?.index ?? 0 });
        },
      },
    );
  };

  const lane = async (first: Running): Promise<void> => {
    let current = first;
    for (;;) {
      try {
        await runOne(current);
      } catch (error) {
        fail(current, error);
        throw error;
      }
      if (nextIndex >= items.length || hasFailed) return;
      current = start(current.frame.lastEventId);
    }
  };

  const startedAfter = parent.lastEventId;
  const first = Array.from({ length: Math.min(concurrency, items.length) }, () => start(startedAfter));
  await Promise.all(first.map(lane));
  return outputs;
}
