import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { listVersions } from '../../lib/artifact/catalog.ts';
import { directoryStore } from '../../lib/artifact/directory-store.ts';
import { publishArtifact } from '../../lib/artifact/publish.ts';
import { ArtifactConflictError, ArtifactSupersededError } from '../../lib/artifact/publish-errors.ts';
import { complaintsAbout } from './complaints.ts';
import { aPublisher, blockRows, blocks, openTables } from './publishing.ts';

let tables: Awaited<ReturnType<typeof openTables>>;
let folder: string;
let older: string;
let newer: string;
beforeAll(async () => {
  tables = await openTables();
  folder = await mkdtemp(join(tmpdir(), 'publish-race-'));
  older = await tables.of(blockRows(20, 2));
  newer = await tables.of(blockRows(20, 3));
});
afterAll(async () => {
  await tables[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** A store on which `meanwhile` happens just before the pointer is written. */
function interrupted(artifacts: ArtifactStore, meanwhile: () => Promise<unknown>): ArtifactStore {
  return {
    ...artifacts,
    async write(key, body, condition) {
      if (key.endsWith('latest.json')) await meanwhile();
      return artifacts.write(key, body, condition);
    },
  };
}

describe.each([
  { name: 'where there was no version', hasOld: false },
  { name: 'over an old version', hasOld: true },
])('two publishers of one artifact, $name', ({ hasOld }) => {
  async function race(loserDay: number, winnerDay: number) {
    const old = aPublisher({ day: 1 });
    const { artifacts } = old;
    if (hasOld) await publishArtifact(old, blocks, { dataFile: await tables.of(blockRows(20)), inputs: [] });
    const winner = aPublisher({ day: winnerDay, artifacts });
    const win = () => publishArtifact(winner, blocks, { dataFile: newer, inputs: [] });
    const loser = aPublisher({ day: loserDay, artifacts: interrupted(artifacts, win) });
    const losing = publishArtifact(loser, blocks, { dataFile: older, inputs: [] });
    return { artifacts, losing, winner: winner.executionName, loser };
  }

  test('the slower one, which started later, gets a conflict that it may retry', async () => {
    const { artifacts, losing, winner, loser } = await race(22, 21);

    await expect(losing).rejects.toThrow(ArtifactConflictError);
    expect(await latestExecution(artifacts)).toBe(winner);
    expect(await complaintsAbout(artifacts)).toEqual([]);

    await publishArtifact({ ...loser, artifacts }, blocks, { dataFile: older, inputs: [] });

    expect(await latestExecution(artifacts)).toBe(loser.executionName);
    expect(await complaintsAbout(artifacts)).toEqual([]);
  });

  test('the slower one, which started earlier, gives up for good', async () => {
    const { artifacts, losing, winner, loser } = await race(21, 22);

    await expect(losing).rejects.toThrow(ArtifactSupersededError);
    await expect(publishArtifact({ ...loser, artifacts }, blocks, { dataFile: older, inputs: [] })).rejects.toThrow(
      ArtifactSupersededError,
    );
    expect(await latestExecution(artifacts)).toBe(winner);
    expect(await complaintsAbout(artifacts)).toEqual([]);
  });
});

test('a flip whose answer got lost is known as its own', async () => {
  const publisher = aPublisher();
  const { artifacts } = publisher;
  const repeating: ArtifactStore = {
    ...artifacts,
    async write(key, body, condition) {
      if (key.endsWith('latest.json')) await artifacts.write(key, body, condition);
      return artifacts.write(key, body, condition);
    },
  };

  const publishing = publishArtifact({ ...publisher, artifacts: repeating }, blocks, { dataFile: older, inputs: [] });

  await expect(publishing).resolves.toMatchObject({ status: 'published' });
});

test('the plain copy never stays behind a pointer that moved while it was made', async () => {
  const slow = aPublisher({ day: 20 });
  const { artifacts } = slow;
  const quick = aPublisher({ day: 21, artifacts });
  let overtaken = false;
  const overtaking: ArtifactStore = {
    ...artifacts,
    async copy(fromKey, toKey) {
      if (!overtaken) {
        overtaken = true;
        await publishArtifact(quick, blocks, { dataFile: newer, inputs: [] });
      }
      await artifacts.copy(fromKey, toKey);
    },
  };

  await publishArtifact({ ...slow, artifacts: overtaking }, blocks, { dataFile: older, inputs: [] });

  const copy = await artifacts.read('artifacts/blocks-latest.parquet');
  const data = await artifacts.read('artifacts/blocks/20261121T061500Z-run-21/data.parquet');
  expect(Buffer.from(copy.bytes).equals(data.bytes)).toBe(true);
});

test('two processes that publish into one folder at once: one wins, the other is told, nothing is half-written', async () => {
  const store = directoryStore(join(folder, 'store'));
  const racers = [racer('run-a', older), racer('run-b', newer)];
  await Promise.all(racers.map(({ line }) => line('ready to flip')));

  for (const { go } of racers) go();
  const outcomes = await Promise.all(racers.map(({ outcome }) => outcome));

  expect([...outcomes].sort()).toEqual(['ArtifactConflictError', 'published']);
  expect(await latestExecution(store)).toBe(outcomes[0] === 'published' ? 'run-a' : 'run-b');
  expect(await complaintsAbout(store)).toEqual([]);
});

function racer(executionName: string, dataFile: string) {
  const script = fileURLToPath(new URL('./racing-publisher.ts', import.meta.url));
  const child = spawn(process.execPath, [script, join(folder, 'store'), executionName, dataFile], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  const seen: string[] = [];
  lines.on('line', (line) => seen.push(line));
  return {
    go: () => child.stdin.end('go\n'),
    async line(text: string) {
      while (!seen.includes(text)) await once(lines, 'line');
    },
    outcome: once(child, 'exit').then(() => seen.at(-1)),
  };
}

async function latestExecution(store: ArtifactStore): Promise<string | undefined> {
  return (await listVersions(store, 'blocks')).find(({ isLatest }) => isLatest)?.manifest.execution;
}
