import { closeSync, fdatasync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { HistoryCursor, HistorySink } from './execution-store.ts';
import type { RecordedEvent } from './history.ts';
import { keepWholeLines } from './whole-lines.ts';

/**
 * Appends events to a file, one JSON line each.
 *
 * A state's events are in the file before the next state starts, so a killed process loses none of them. What comes
 * before an effect outside is also forced to the disk: one fdatasync covers everything that waits for it.
 */
export function appendHistory(path: string): HistorySink {
  keepWholeLines(path);
  const file = openSync(path, 'a');
  let lines = '';
  let isDirty = false;
  let isWriteDue = false;
  let syncing: Promise<void> | undefined;
  let queued: Promise<void> | undefined;

  const write = () => {
    if (lines === '') return;
    writeSync(file, lines);
    lines = '';
    isDirty = true;
  };
  /** Whoever follows an execution sees what it is doing now, also while it waits for something that takes hours. */
  const writeSoon = () => {
    if (isWriteDue) return;
    isWriteDue = true;
    setImmediate(() => {
      isWriteDue = false;
      write();
    });
  };
  const sync = (): Promise<void> => {
    write();
    isDirty = false;
    syncing = new Promise<void>((resolve, reject) => {
      fdatasync(file, (error) => (error ? reject(error) : resolve()));
    }).finally(() => {
      syncing = undefined;
    });
    return syncing;
  };
  const syncAfterThis = (running: Promise<void>): Promise<void> => {
    queued ??= running.then(() => {
      queued = undefined;
      return sync();
    });
    return queued;
  };

  return {
    take(event) {
      lines += `${JSON.stringify(event)}\n`;
      if (event.type.endsWith('StateExited')) write();
      else writeSoon();
    },
    settled() {
      if (queued !== undefined) return queued;
      const isUnwritten = lines !== '' || isDirty;
      if (syncing !== undefined) return isUnwritten ? syncAfterThis(syncing) : syncing;
      return isUnwritten ? sync() : undefined;
    },
    async close() {
      await this.settled();
      closeSync(file);
    },
  };
}

/** Reads such a file from its beginning, and on from there; a line that is still being written waits for its end. */
export function readHistory(path: string): HistoryCursor {
  let position = 0;
  let partial = Buffer.alloc(0);
  return {
    async next() {
      const bytes = await readFrom(path, position);
      position += bytes.length;
      const text = Buffer.concat([partial, bytes]);
      const end = text.lastIndexOf(0x0a) + 1;
      partial = text.subarray(end);
      const lines = text.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
      return lines.map((line): RecordedEvent => JSON.parse(line));
    },
  };
}

async function readFrom(path: string, position: number): Promise<Buffer> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return Buffer.alloc(0);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.max(0, size - position));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
