import { Cancelled } from './failure.ts';

/** Stops a line of states and everything that runs inside it. */
export interface Cancellation {
  readonly isCancelled: boolean;
  /** For work outside the engine; made only when asked for. */
  readonly signal: AbortSignal;
  cancel(): void;
  /** A cancellation that is cancelled with this one, and can be on its own. */
  child(): Cancellation;
  /** Lets the parent forget it, once its line has ended. */
  release(): void;
}

/** A cancellation; with a parent, one that follows it. */
export function createCancellation(parent?: { forget(child: Cancellation): void }): Cancellation {
  const children = new Set<Cancellation>();
  let controller: AbortController | undefined;
  let isCancelled = false;
  const forget = (child: Cancellation) => {
    children.delete(child);
  };
  const cancellation: Cancellation = {
    get isCancelled() {
      return isCancelled;
    },
    get signal() {
      if (!controller) {
        controller = new AbortController();
        if (isCancelled) controller.abort(new Cancelled());
      }
      return controller.signal;
    },
    cancel() {
      if (isCancelled) return;
      isCancelled = true;
      for (const child of children) child.cancel();
      children.clear();
      controller?.abort(new Cancelled());
    },
    child() {
      const child = createCancellation({ forget });
      if (isCancelled) child.cancel();
      else children.add(child);
      return child;
    },
    release() {
      parent?.forget(cancellation);
    },
  };
  return cancellation;
}
