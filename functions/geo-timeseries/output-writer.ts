import { hash } from 'node:crypto';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import type { OutputFiles } from './output-file.ts';

/** How much is held back before it is written at once. */
const batch = { files: 512, bytes: 4 * 1024 * 1024 };

/** What was written, in figures. */
export interface Written {
  readonly files: number;
  readonly bytes: number;
}

/** Writes the files of one unit in batches, and keeps the list of them for the run's manifest. */
export interface OutputWriter {
  write(files: OutputFiles, outputTask: string): Promise<void>;
  /** Stores the list; a unit without files has none. */
  end(listKey: string): Promise<Written>;
}

export function outputWriter(store: ArtifactStore, prefix: string): OutputWriter {
  const lines: string[] = [];
  let bytes = 0;
  return {
    async write(files, outputTask) {
      let objects: { key: string; body: Uint8Array }[] = [];
      let heldBytes = 0;
      const flush = async () => {
        await store.writeAll(objects);
        objects = [];
        heldBytes = 0;
      };
      for await (const { key, body } of files) {
        const content = typeof body === 'string' ? Buffer.from(body) : body;
        const sha256 = hash('sha256', content);
        lines.push(`${JSON.stringify({ key, output_task: outputTask, bytes: content.byteLength, sha256 })}\n`);
        objects.push({ key: `${prefix}/${key}`, body: content });
        heldBytes += content.byteLength;
        bytes += content.byteLength;
        if (objects.length >= batch.files || heldBytes >= batch.bytes) await flush();
      }
      await flush();
    },
    async end(listKey) {
      if (lines.length > 0) await store.write(listKey, lines.join(''));
      return { files: lines.length, bytes };
    },
  };
}
