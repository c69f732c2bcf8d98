import { appendFile, mkdtemp, rm } from 'node:fs/promises';
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

it('goes on behind the last whole line when a process was killed in the middle of one', async () => {
  const path = join(folder, 'history.jsonl');
  const event = (id: number) => ({ id, previousEventId: id - 1, timestamp: '', type: 'Any', details: {}, frame: '' });
  const killed = appendHistory(path);
  killed.take(event(1));
  await killed.close();
  await appendFile(path, '{"id":2,"previousEventId":1,"time');

  const sink = appendHistory(path);
  sink.take(event(2));
  await sink.close();

  expect(await readHistory(path).next()).toEqual([event(1), event(2)]);
});
