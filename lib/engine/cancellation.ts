import { Cancelled } from './failure.ts';

/**
 * Stops a line of states and everything that runs inside it.
 *
 * A class, because there is one per iteration of every Map: what is seldom needed is made when it is asked for.
 */
export class Cancellation {
  isCancelled = false;
  readonly #parent: Cancellation | undefined;
  #children: Set<Cancellation> | undefined;
  #controller: AbortController | undefined;

  constructor(parent?: Cancellation) {
    this.#parent = parent;
  }

  /** For work outside the engine. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.isCancelled) this.#controller.abort(new Cancelled());
    }
    return this.#controller.signal;
  }

  cancel(): void {
    if (this.isCancelled) return;
    this.isCancelled = true;
    for (const child of this.#children ?? []) child.cancel();
    this.#children = undefined;
    this.#controller?.abort(new Cancelled());
  }

  /** A cancellation that is cancelled with this one, and can be on its own. */
  child(): Cancellation {
    const child = new Cancellation(this);
    if (this.isCancelled) {
      child.cancel();
    } else {
      this.#children ??= new Set();
      this.#children.add(child);
    }
    return child;
  }

  /** Lets the parent forget it, once its line has ended. */
  release(): void {
    this.#parent?.forget(this);
  }

  private forget(child: Cancellation): void {
    this.#children?.delete(child);
  }
}
