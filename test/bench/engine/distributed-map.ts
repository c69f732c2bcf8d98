import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectStore } from '../../../lib/engine/map-run/object-store.ts';
import { distributedMap } from './machines.ts';
import { runnerInMemory } from './run-in-memory.ts';

/*
 * Runs the distributed Map over so many items and prints how long it took and how much memory the process held at
 * most; a process of its own, because memory is measured per process.
 */

const itemCount = Number(process.argv[2]);
const folder = await mkdtemp(join(tmpdir(), 'map-bench-'));

const pathOf = (key: string) => join(folder, key.replaceAll('/', '-'));
const files: ObjectStore = {
  read: (_, key) => createReadStream(pathOf(key)),
  async *list() {},
  async write(_, key, text) {
    const file = createWriteStream(pathOf(key));
    let sizeBytes = 0;
    for await (const piece of text) {
      sizeBytes += piece.length;
      if (!file.write(piece)) await new Promise<void>((resolve) => file.once('drain', resolve));
    }
    await new Promise<void>((resolve) => file.end(resolve));
    return { sizeBytes };
  },
};

async function* items(): AsyncGenerator<string> {
  for (let n = 0; n < itemCount; n += 1)
    yield `{"n":${n},"text":"an item of a hundred bytes or so, which is what rows tend to have"}\n`;
}

try {
  await files.write('bucket', 'items.jsonl', items());
  const run = runnerInMemory(distributedMap, files);
  const startedAt = performance.now();
  const { end } = await run({});
  if (end.status !== 'SUCCEEDED') throw new Error(`the Map ended as ${JSON.stringify(end)}`);
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1_024 }));
} finally {
  await rm(folder, { recursive: true });
}
