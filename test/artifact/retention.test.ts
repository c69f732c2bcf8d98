import { describe, expect, test } from 'vitest';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { cleanUpOldArtifacts } from '../../lib/artifact/clean-up-old-artifacts.ts';
import { expireResults } from '../../lib/artifact/expire-results.ts';
import { expiryOf } from '../../lib/artifact/expiry.ts';
import { furtherPointerKey } from '../../lib/artifact/further-pointers.ts';
import { judgeVersions } from '../../lib/artifact/retention.ts';
import { StoreUnavailableError } from '../../lib/artifact/store-errors.ts';
import { jsonText } from '../../lib/artifact/stored-json.ts';
import { UsageError } from '../../lib/errors.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { memoryStore } from '../support/memory-store.ts';

const dayMs = 86_400_000;

describe('a version by its age (spec E-17, now 2024-02-08 22:00:00)', () => {
  test.each([
    { name: '7 days to the second', lastModified: '2024-02-01T22:00:00Z', ageDays: 7, isKept: false },
    { name: 'a second less than 7 days', lastModified: '2024-02-01T22:00:01Z', ageDays: 6, isKept: true },
    {
      name: 'old, but what readers have',
      version: 'latest',
      lastModified: '2024-01-01T00:00:00Z',
      ageDays: 38,
      isKept: true,
    },
    {
      name: 'old, but the one before',
      version: 'before',
      lastModified: '2023-12-31T00:00:00Z',
      ageDays: 39,
      isKept: true,
    },
    { name: 'of this moment', lastModified: '2024-02-08T22:00:00Z', ageDays: 0, isKept: true },
    { name: 'never whole, and old', isWhole: false, lastModified: '2024-02-01T22:00:00Z', ageDays: 7, isKept: false },
    { name: 'never whole, yet', isWhole: false, lastModified: '2024-02-08T21:00:00Z', ageDays: 0, isKept: true },
  ])('$name: kept $isKept', ({ version = 'v', isWhole = true, lastModified, ageDays, isKept }) => {
    const stored = { version, isWhole, objects: 1, bytes: 1, lastModified: new Date(lastModified) };
    const pointer = { version: 'latest', previousVersion: 'before' };
    const now = new Date('2024-02-08T22:00:00Z');

    expect(judgeVersions([stored], pointer, { now, olderThanDays: 7 })).toEqual([{ ...stored, ageDays, isKept }]);
  });

  test('without a pointer stays when it is whole, and else goes like any other', () => {
    const old = { objects: 1, bytes: 1, lastModified: new Date('2024-01-01T00:00:00Z') };
    const stored = [true, false].map((isWhole) => ({ ...old, version: `whole ${isWhole}`, isWhole }));
    const now = new Date('2024-02-08T22:00:00Z');

    const verdicts = judgeVersions(stored, undefined, { now, olderThanDays: 7 });

    expect(verdicts.map(({ version, isKept }) => [version, isKept])).toEqual([
      ['whole true', true],
      ['whole false', false],
    ]);
  });

  test('that was never whole takes no place among the newest', () => {
    const old = { objects: 1, bytes: 1, lastModified: new Date('2024-01-01T00:00:00Z') };
    const stored = [1, 2, 3].map((number) => ({ ...old, version: `v${number}`, isWhole: number < 3 }));
    const rule = { now: new Date('2024-02-08T22:00:00Z'), olderThanDays: 7, keepNewest: 1 };

    const verdicts = judgeVersions(stored, { version: 'x', previousVersion: null }, rule);

    expect(verdicts.filter(({ isKept }) => isKept).map(({ version }) => version)).toEqual(['v2']);
  });
});

describe('cleaning up old artifacts', () => {
  const version = (day: number) => `202602${String(day).padStart(2, '0')}T000000Z-run`;

  /** Versions of four days, one day apart; the pointer is at the last but one. */
  async function aStore() {
    const clock = fakeClock({ startsAt: '2026-02-01T00:00:00Z' });
    const artifacts = memoryStore(clock);
    for (const day of [1, 2, 3, 4]) {
      await artifacts.write(`artifacts/blocks/${version(day)}/data.parquet`, 'four');
      await artifacts.write(`artifacts/blocks/${version(day)}/manifest.json`, '{}');
      await clock.advance(dayMs);
    }
    await point(artifacts, 'blocks', { version: version(3), previousVersion: version(2) });
    const logged: string[] = [];
    const log = { info: (message: string) => logged.push(message), warn: (message: string) => logged.push(message) };
    return { artifacts, clock, log, logged };
  }

  test('deletes what is old with all its files, and reports counts and bytes', async () => {
    const keeper = await aStore();
    await keeper.clock.advance(30 * dayMs);

    const report = await cleanUpOldArtifacts(keeper);

    expect(report).toEqual({
      dryRun: false,
      olderThanDays: 7,
      versions: [
        { artifact: 'blocks', version: version(1), ageDays: 34, objects: 2, bytes: 6 },
        { artifact: 'blocks', version: version(4), ageDays: 31, objects: 2, bytes: 6 },
      ],
      objects: 4,
      bytes: 12,
      keptVersions: 2,
    });
    expect(await foldersOf(keeper.artifacts)).toEqual([version(2), version(3), 'latest.json']);
    expect(keeper.logged).toEqual(['deleted', 'deleted']);
  });

  test('deletes nothing that is younger than asked for', async () => {
    const keeper = await aStore();
    await keeper.clock.advance(3 * dayMs);

    const report = await cleanUpOldArtifacts(keeper, { olderThanDays: 7 });

    expect(report.versions.map((deleted) => deleted.version)).toEqual([version(1)]);
  });

  test('keeps the newest, however old they are', async () => {
    const keeper = await aStore();
    await keeper.clock.advance(30 * dayMs);

    const report = await cleanUpOldArtifacts(keeper, { keepNewest: 2 });

    expect(report.versions.map((deleted) => deleted.version)).toEqual([version(1)]);
  });

  test('looks at the artifacts that are named only', async () => {
    const keeper = await aStore();
    await keeper.clock.advance(30 * dayMs);

    expect(await cleanUpOldArtifacts(keeper, { only: ['others'] })).toMatchObject({ versions: [], keptVersions: 0 });
  });

  test('says in a dry run what it would delete, and deletes nothing', async () => {
    const keeper = await aStore();
    await keeper.clock.advance(30 * dayMs);
    const before = await keysOf(keeper.artifacts);

    const report = await cleanUpOldArtifacts(keeper, { dryRun: true });

    expect(report).toMatchObject({ dryRun: true, objects: 4, bytes: 12, keptVersions: 2 });
    expect(await keysOf(keeper.artifacts)).toEqual(before);
    expect(keeper.logged).toEqual(['would delete', 'would delete']);
  });

  test('touches no artifact without a pointer and no key of another pattern', async () => {
    const keeper = await aStore();
    const foreign = [
      'artifacts/blocks-latest.parquet',
      'artifacts/blocks/announced.json',
      'artifacts/blocks/notes.txt',
      'artifacts/blocks/2026/data.parquet',
      `artifacts/pointless/${version(1)}/data.parquet`,
      `artifacts/pointless/${version(1)}/manifest.json`,
      `artifacts/Blocks/${version(1)}/data.parquet`,
      `rejected/blocks/${version(1)}/data.parquet`,
    ];
    for (const key of foreign) await keeper.artifacts.write(key, 'x');
    await keeper.clock.advance(30 * dayMs);

    await cleanUpOldArtifacts(keeper);

    expect(await keysOf(keeper.artifacts)).toEqual(expect.arrayContaining(foreign));
  });

  test('deletes everything below an old version, in batches, and nothing of its neighbours', async () => {
    const keeper = await aStore();
    const below = (name: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        key: `artifacts/blocks/${name}/files/m/r/${index}.csv`,
        body: 'x',
      }));
    await keeper.artifacts.writeAll([...below(version(1), 2_500), ...below(version(3), 3)]);
    await keeper.artifacts.write(`artifacts/blocks/${version(1)}/look.html`, 'x');
    await keeper.artifacts.write(`artifacts/blocks/${version(1)}er/manifest.json`, '{}');
    await keeper.clock.advance(20 * dayMs);
    await keeper.artifacts.write(`artifacts/blocks/${version(1)}er/data.parquet`, 'young');
    const batches: number[] = [];
    const artifacts: ArtifactStore = {
      ...keeper.artifacts,
      remove: async (keys) => {
        batches.push(keys.length);
        await keeper.artifacts.remove(keys);
      },
    };

    const report = await cleanUpOldArtifacts({ ...keeper, artifacts });

    expect(report.versions[0]).toMatchObject({ version: version(1), objects: 2_503, bytes: 2_507 });
    expect(Math.max(...batches)).toBe(1_000);
    expect(await foldersOf(keeper.artifacts)).toEqual([version(1).concat('er'), version(2), version(3), 'latest.json']);
    expect(await keysOf(keeper.artifacts)).toContain(`artifacts/blocks/${version(3)}/files/m/r/2.csv`);
  });

  test('takes up again what an interruption left of a version', async () => {
    const keeper = await aStore();
    await keeper.artifacts.write(`artifacts/blocks/${version(1)}/files/x.csv`, 'x');
    await keeper.clock.advance(30 * dayMs);
    let calls = 0;
    const artifacts: ArtifactStore = {
      ...keeper.artifacts,
      remove: async (keys) => {
        calls += 1;
        if (calls > 1) throw new StoreUnavailableError('gone');
        await keeper.artifacts.remove(keys);
      },
    };
    await expect(cleanUpOldArtifacts({ ...keeper, artifacts })).rejects.toThrow('gone');

    const left = (await keysOf(keeper.artifacts)).filter((key) => key.includes(`/${version(1)}/`));
    expect(left.map((key) => key.split('/').at(-1))).toEqual(['data.parquet', 'x.csv']);
    await cleanUpOldArtifacts(keeper);

    expect(await foldersOf(keeper.artifacts)).toEqual([version(2), version(3), 'latest.json']);
  });

  test('keeps what a pointer besides the latest names, with all its files', async () => {
    const keeper = await aStore();
    await keeper.artifacts.write(`artifacts/blocks/${version(1)}/files/x.csv`, 'x');
    await keeper.artifacts.write(
      furtherPointerKey('blocks', 'some/thing'),
      jsonText({ versions: [version(1)], outputUrl: 'x' }),
    );
    await keeper.clock.advance(30 * dayMs);

    const report = await cleanUpOldArtifacts(keeper);

    expect(report.versions.map((deleted) => deleted.version)).toEqual([version(4)]);
    expect(await keysOf(keeper.artifacts)).toContain(`artifacts/blocks/${version(1)}/files/x.csv`);
  });

  test('deletes nothing of an artifact with a pointer that cannot be understood', async () => {
    const keeper = await aStore();
    await keeper.artifacts.write(furtherPointerKey('blocks', 'some/thing'), '{"version": "x"}');
    await keeper.clock.advance(30 * dayMs);
    const before = await keysOf(keeper.artifacts);

    await expect(cleanUpOldArtifacts(keeper)).rejects.toThrow("'artifacts/blocks/pointers/some/thing.json'");

    expect(await keysOf(keeper.artifacts)).toEqual(before);
  });

  test.each([
    { name: 'of an artifact that is published', artifact: 'blocks' },
    { name: 'of an artifact that never was', artifact: 'pointless' },
  ])('deletes files of a version that was never whole, by age, $name', async ({ artifact }) => {
    const keeper = await aStore();
    const files = (day: number) => `artifacts/${artifact}/${version(day)}/files`;
    await keeper.artifacts.write(`${files(20)}/x.csv`, 'x');
    await keeper.artifacts.write(`${files(21)}/x.csv`, 'x');
    await keeper.clock.advance(6 * dayMs);
    await keeper.artifacts.write(`${files(21)}/y.csv`, 'still being written');
    await keeper.clock.advance(dayMs);

    await cleanUpOldArtifacts(keeper);

    const left = await keysOf(keeper.artifacts);
    expect(left.filter((key) => key.includes('/files/'))).toEqual([`${files(21)}/x.csv`, `${files(21)}/y.csv`]);
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses an age of %s days', async (olderThanDays) => {
    await expect(cleanUpOldArtifacts(await aStore(), { olderThanDays })).rejects.toThrow(UsageError);
  });
});

describe('results and rejected data expire as in a bucket', () => {
  test.each([
    { name: 'at the midnight after their days', storedAt: '2026-02-01T06:00:00Z', days: 7, expiry: '2026-02-09' },
    {
      name: 'on the day itself when stored at midnight',
      storedAt: '2026-02-01T00:00:00Z',
      days: 7,
      expiry: '2026-02-08',
    },
    { name: 'across the end of a month', storedAt: '2026-02-27T23:59:59Z', days: 1, expiry: '2026-03-01' },
  ])('$name', ({ storedAt, days, expiry }) => {
    expect(expiryOf(new Date(storedAt), days)).toEqual(new Date(expiry));
  });

  test.each([
    { name: 'just before', hour: 23, days: 7, left: ['artifacts/x', 'rejected/x', 'results/x'], removed: 0 },
    { name: 'then', hour: 24, days: 7, left: ['artifacts/x', 'rejected/x'], removed: 1 },
    { name: 'and rejected data after 30 days', hour: 24, days: 30, left: ['artifacts/x'], removed: 2 },
  ])('$name', async ({ hour, days, left, removed }) => {
    const { artifacts, clock } = await storedAtOne();
    await clock.advance(days * dayMs + (hour - 1) * 3_600_000);

    const report = await expireResults({ artifacts, clock }, { resultRetentionDays: 7 });

    expect(await keysOf(artifacts)).toEqual(left);
    expect(report.reduce((sum, { objects }) => sum + objects, 0)).toBe(removed);
  });

  test('only counts in a dry run', async () => {
    const { artifacts, clock } = await storedAtOne();
    await clock.advance(10 * dayMs);

    const report = await expireResults({ artifacts, clock }, { resultRetentionDays: 7, dryRun: true });

    expect(report).toEqual([
      { prefix: 'results/', objects: 1, bytes: 3 },
      { prefix: 'rejected/', objects: 0, bytes: 0 },
    ]);
    expect(await keysOf(artifacts)).toHaveLength(3);
  });

  async function storedAtOne(): Promise<{ artifacts: ArtifactStore; clock: FakeClock }> {
    const clock = fakeClock({ startsAt: '2026-02-01T01:00:00Z' });
    const artifacts = memoryStore(clock);
    for (const key of ['artifacts/x', 'rejected/x', 'results/x']) await artifacts.write(key, 'xyz');
    return { artifacts, clock };
  }
});

async function point(store: ArtifactStore, name: string, to: { version: string; previousVersion: string }) {
  const instant = '2026-02-05T00:00:00.000Z';
  const rest = { sha256: 'f'.repeat(64), rows: 1, executionStartedAt: instant, publishedAt: instant };
  await store.write(`artifacts/${name}/latest.json`, jsonText({ name, ...to, ...rest }));
}

async function keysOf(store: ArtifactStore): Promise<string[]> {
  return (await Array.fromAsync(store.list(''))).map(({ key }) => key);
}

async function foldersOf(store: ArtifactStore): Promise<string[]> {
  const keys = await keysOf(store);
  return [...new Set(keys.map((key) => key.split('/')[2] ?? ''))];
}
