import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appendHistory, readHistory } from '../../lib/engine/history-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flow-history-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('shows readers a state that waits, long before anything follows it', async () => {
  const path = join(folder, 'history.jsonl');
  const sink = appendHistory(path);
  const entered = { id: 1, previousEventId: 0, timestamp: '', type: 'WaitStateEntered', details: {}, frame: '' };

  sink.take(entered);
  await setImmediate();

  expect(await readHistory(path).next()).toEqual([entered]);
  await sink.close();
});
