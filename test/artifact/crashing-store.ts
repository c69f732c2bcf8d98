import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import type { EventBus } from '../../lib/event/event-bus.ts';

/** The process is gone: nothing after this happens. */
export class Crash extends Error {}

/** A store and a bus that let `steps` changes through and crash before the next one, for good. */
export function crashingAfter(
  steps: number,
  { artifacts, events }: { artifacts: ArtifactStore; events: EventBus },
): { artifacts: ArtifactStore; events: EventBus } {
  let taken = 0;
  async function step<T>(action: () => Promise<T>): Promise<T> {
    if (taken === steps) throw new Crash();
    taken += 1;
    return action();
  }
  return {
    artifacts: {
      ...artifacts,
      write: (key, body, condition) => step(() => artifacts.write(key, body, condition)),
      upload: (key, filePath, condition) => step(() => artifacts.upload(key, filePath, condition)),
      copy: (fromKey, toKey) => step(() => artifacts.copy(fromKey, toKey)),
      remove: (keys) => step(() => artifacts.remove(keys)),
    },
    events: { emit: (event) => step(() => events.emit(event)) },
  };
}
