import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localBus } from '../../lib/event/local-bus.ts';
import { fakeClock } from '../support/fake-clock.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-bus-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

it('appends one JSON line per event, also of events at the same time', async () => {
  const file = join(folder, 'new', 'events.jsonl');
  const bus = localBus(file, fakeClock());
  const event = (n: number) => ({ source: 'data-flows.x', detailType: 'Artifact Published', detail: { n } });

  await Promise.all([1, 2, 3].map((n) => bus.emit(event(n))));
  await bus.emit(event(4));

  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const events: { detail: { n: number } }[] = lines.map((line) => JSON.parse(line));
  expect(events.toSorted((a, b) => a.detail.n - b.detail.n)).toEqual(
    [1, 2, 3, 4].map((n) => ({ time: '2026-01-01T00:00:00.000Z', ...event(n) })),
  );
});
