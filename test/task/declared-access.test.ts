import { describe, expect, it } from 'vitest';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import type { TaskManifest } from '../../lib/flow/flow.ts';
import { fixedSource } from '../../lib/secret/fixed-source.ts';
import { declaredAccess } from '../../lib/task/declared-access.ts';
import { testWorld } from '../support/test-world.ts';

const manifest: TaskManifest = {
  secrets: ['API_KEY'],
  settings: ['FROM_MONTH'],
  calls: ['SOURCE_URL'],
  reads: ['raw'],
  writes: ['table'],
};

function worldOf(declared: TaskManifest) {
  const values = { API_KEY: 'k', FROM_MONTH: '2026-01', SOURCE_URL: 'http://x', OTHER: 'o' };
  const world = testWorld({ secrets: fixedSource(values), settings: fixedSource(values) });
  return declaredAccess(world, { name: 'BuildTable', manifest: declared });
}

describe('secrets and settings', () => {
  it('are given when declared', async () => {
    const { secrets, settings } = worldOf(manifest);

    expect([await secrets.get('API_KEY'), await settings.get('FROM_MONTH'), await settings.find('SOURCE_URL')]).toEqual(
      ['k', '2026-01', 'http://x'],
    );
  });

  it('are given when it can do without them too', async () => {
    expect(await worldOf({ optionalSecrets: ['API_KEY'] }).secrets.find('API_KEY')).toBe('k');
  });

  it.each([
    { name: 'get of a secret', use: () => worldOf(manifest).secrets.get('OTHER'), what: 'secret', field: 'secrets' },
    { name: 'find of a secret', use: () => worldOf(manifest).secrets.find('OTHER'), what: 'secret', field: 'secrets' },
    {
      name: 'a secret as a setting',
      use: () => worldOf({ secrets: ['OTHER'] }).settings.get('OTHER'),
      what: 'setting',
      field: 'settings or calls',
    },
  ])('are refused when not: $name', async ({ use, what, field }) => {
    await expect(use()).rejects.toMatchObject({
      name: 'UndeclaredAccessError',
      message: `the task BuildTable reads the ${what} 'OTHER' without declaring it; add it to ${field} of the task in the flow's manifest`,
    });
  });
});

async function keysUnder(store: ArtifactStore, prefix: string): Promise<string[]> {
  return (await Array.fromAsync(store.list(prefix))).map((object) => object.key);
}

describe('store', () => {
  it('lets a task use its own results and what it declares', async () => {
    const { artifacts } = worldOf(manifest);
    await artifacts.write('results/test-flow/x.json', '{}');
    await artifacts.write('artifacts/table/latest.json', '{}');
    await artifacts.copy('artifacts/table/latest.json', 'artifacts/table-latest.parquet');
    await artifacts.write('rejected/table/v/x', '');

    expect(await artifacts.head('artifacts/raw/latest.json')).toBeUndefined();
    expect(await artifacts.head('artifacts/raw-latest.parquet')).toBeUndefined();
    expect(await keysUnder(artifacts, 'artifacts/table/')).toEqual(['artifacts/table/latest.json']);
    expect((await artifacts.read('results/test-flow/x.json')).bytes).toEqual(new TextEncoder().encode('{}'));
  });

  it.each<{ name: string; use: (store: ArtifactStore) => Promise<unknown>; message: string }>([
    {
      name: 'reading another artifact',
      use: (store) => store.read('artifacts/other/latest.json'),
      message: "reads 'artifacts/other/latest.json', which it does not declare; add the artifact to reads",
    },
    {
      name: 'an artifact whose name only begins alike',
      use: (store) => store.head('artifacts/raw2/latest.json'),
      message: "reads 'artifacts/raw2/latest.json', which",
    },
    {
      name: 'downloading another flow’s results',
      use: (store) => store.download('results/other-flow/x', '/nowhere'),
      message: "reads 'results/other-flow/x', which",
    },
    {
      name: 'writing what it only reads',
      use: (store) => store.write('artifacts/raw/latest.json', ''),
      message: "writes 'artifacts/raw/latest.json', which it does not declare; add the artifact to writes",
    },
    {
      name: 'uploading',
      use: (store) => store.upload('artifacts/raw/latest.json', '/nowhere'),
      message: "writes 'artifacts/raw/latest.json', which",
    },
    {
      name: 'copying out',
      use: (store) => store.copy('artifacts/table/latest.json', 'artifacts/raw/latest.json'),
      message: "writes 'artifacts/raw/latest.json', which",
    },
    {
      name: 'copying in',
      use: (store) => store.copy('artifacts/other/latest.json', 'artifacts/table/latest.json'),
      message: "reads 'artifacts/other/latest.json', which",
    },
    {
      name: 'listing everything',
      use: (store) => keysUnder(store, 'artifacts/'),
      message: "reads 'artifacts/', which",
    },
    {
      name: 'deleting what it writes',
      use: (store) => store.remove(['artifacts/table/latest.json']),
      message: "deletes 'artifacts/table/latest.json', which it does not declare; only a maintenance task",
    },
  ])('refuses $name', async ({ use, message }) => {
    await expect(use(worldOf(manifest).artifacts)).rejects.toMatchObject({
      name: 'UndeclaredAccessError',
      message: expect.stringContaining(`the task BuildTable ${message}`),
    });
  });

  it("lets maintenance, with writes: ['*'], use and delete every artifact, and nothing else", async () => {
    const { artifacts } = worldOf({ writes: ['*'] });
    await artifacts.write('artifacts/any/latest.json', '{}');
    await artifacts.remove(['artifacts/any/latest.json', 'rejected/any/v/x']);

    expect(await keysUnder(artifacts, 'artifacts/')).toEqual([]);
    await expect(artifacts.remove(['results/test-flow/x'])).rejects.toMatchObject({ name: 'UndeclaredAccessError' });
    await expect(artifacts.write('state/x', '')).rejects.toMatchObject({ name: 'UndeclaredAccessError' });
  });
});

describe('events', () => {
  const event = { source: 'data-flows.test-flow', detailType: 'Artifact Published', detail: {} };

  it('are for tasks that publish, or say that they emit', async () => {
    const world = testWorld();

    await declaredAccess(world, { name: 'T', manifest }).events.emit(event);
    await declaredAccess(world, { name: 'T', manifest: { emits: true } }).events.emit(event);

    expect(world.emitted).toEqual([event, event]);
    await expect(declaredAccess(world, { name: 'T', manifest: {} }).events.emit(event)).rejects.toMatchObject({
      name: 'UndeclaredAccessError',
    });
  });
});
