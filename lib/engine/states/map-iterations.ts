import type { Awaitable } from '../../asl/awaitable.ts';
import type { Json } from '../../json.ts';
import { abortFrames } from '../abort.ts';
import { Cancelled } from '../failure.ts';
import { append, childFrame, type Frame, frameKey, record, recordAside } from '../frame.ts';
import { endedOutput, type FramePlan } from '../resume-plan.ts';

/** What the iterations of an inline Map have in common. */
export interface Iterations {
  readonly mapName: string;
  readonly items: readonly Json[];
  readonly concurrency: number;
  /** What iterations had done before a redrive, by the key of their line. */
  readonly plans: ReadonlyMap<string, FramePlan>;
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
  const { outputs, pending } = whatIsLeft(iterations);
  const running = new Map<number, Running>();
  let nextPending = 0;
  let hasFailed = false;

  const start = (afterEventId: number): Running => {
    const index = pending[nextPending++] ?? 0;
    const key = frameKey.iteration(mapName, index);
    const plan = iterations.plans.get(key);
    const mapContext = { Item: { Index: index, Value: items[index] ?? null } };
    const frame = childFrame(parent, { key, mapContext, ...(plan && { plan }) });
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
    parent.lastEventId = recordAside(frame, 'MapIterationSucceeded', { name: mapName, index });
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
        reason: error,
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
      if (nextPending >= pending.length || hasFailed) return;
      current = start(current.frame.lastEventId);
    }
  };

  const startedAfter = parent.lastEventId;
  const first = Array.from({ length: Math.min(concurrency, pending.length) }, () => start(startedAfter));
  await Promise.all(first.map(lane));
  return outputs;
}

/** Outputs of iterations that ended before a redrive, and the indexes of all others. */
function whatIsLeft({ items, mapName, plans }: Iterations): { outputs: Json[]; pending: number[] } {
  const outputs = new Array<Json>(items.length).fill(null);
  const pending: number[] = [];
  for (const index of items.keys()) {
    const plan = plans.get(frameKey.iteration(mapName, index));
    const output = plan && endedOutput(plan);
    if (output === undefined) pending.push(index);
    else outputs[index] = output;
  }
  return { outputs, pending };
}
