import type { EventBus, FlowEvent } from './event-bus.ts';

/** A bus that tells listeners in this process of every event that it has taken. */
export interface WatchedBus extends EventBus {
  /** @returns what ends the listening */
  subscribe(listener: (event: FlowEvent) => void): Disposable;
}

/** Adds listeners to a bus; what they do is theirs alone, and never holds up whoever emits. */
export function watchedBus(bus: EventBus): WatchedBus {
  const listeners = new Set<(event: FlowEvent) => void>();
  return {
    async emit(event) {
      await bus.emit(event);
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
  };
}
