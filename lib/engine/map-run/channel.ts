/** Hands texts from one side that has them to another that asks for them, without letting them pile up. */
export interface Channel {
  /** Resolves when there is room again. */
  push(text: string): Promise<void> | undefined;
  close(): void;
  readonly texts: AsyncIterable<string>;
}

/** @param capacity how many texts may wait before a push does */
export function createChannel(capacity = 256): Channel {
  const waiting: string[] = [];
  let isClosed = false;
  let wakeReader: (() => void) | undefined;
  let room: PromiseWithResolvers<void> | undefined;

  async function* read(): AsyncGenerator<string> {
    for (;;) {
      while (waiting.length > 0) yield waiting.splice(0).join('');
      room?.resolve();
      room = undefined;
      if (isClosed && waiting.length === 0) return;
      if (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          wakeReader = resolve;
        });
      }
    }
  }

  return {
    push(text) {
      waiting.push(text);
      wakeReader?.();
      if (waiting.length < capacity) return undefined;
      room ??= Promise.withResolvers<void>();
      return room.promise;
    },
    close() {
      isClosed = true;
      wakeReader?.();
    },
    texts: read(),
  };
}
