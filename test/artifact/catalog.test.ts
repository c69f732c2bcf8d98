import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { downloadArtifact, listArtifacts, listVersions, resolveArtifact } from '../../lib/artifact/catalog.ts';
import { directoryStore } from '../../lib/artifact/directory-store.ts';
import { openStore } from '../../lib/artifact/open-store.ts';
import { publishArtifact } from '../../lib/artifact/publish.ts';
import { ChecksumMismatchError, ObjectNotFoundError } from '../../lib/artifact/store-errors.ts';
import { UsageError } from '../../lib/errors.ts';
import { memoryStore } from '../support/memory-store.ts';
import { type S3StandIn, startS3StandIn } from '../support/s3-stand-in.ts';
import { complaintsAbout } from './complaints.ts';
import { aPublisher, blockRows, blocks, openTables } from './publishing.ts';

let tables: Awaited<ReturnType<typeof openTables>>;
let files: string[];
let folder: string;
let s3: S3StandIn;
beforeAll(async () => {
  tables = await openTables();
  files = [await tables.of(blockRows(20, 1)), await tables.of(blockRows(20, 2)), await tables.of(blockRows(20, 3))];
  folder = await mkdtemp(join(tmpdir(), 'catalog-'));
  s3 = await startS3StandIn();
  s3.createBucket('lake');
  vi.stubEnv('AWS_ENDPOINT_URL', s3.url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await s3[Symbol.asyncDispose]();
  await tables[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Three versions from three days, the last without anything new. */
async function publishThrice(artifacts: ArtifactStore): Promise<void> {
  for (const [day, file] of [files[0], files[1], files[1]].entries()) {
    await publishArtifact(aPublisher({ day: day + 1, artifacts }), blocks, { dataFile: file ?? '', inputs: [] });
  }
}

describe.each([
  { name: 'memory', open: async () => memoryStore() },
  { name: 'a directory', open: async () => directoryStore(join(folder, 'store')) },
  { name: 'S3', open: () => openStore('s3://lake/prefix') },
])('what was published to $name', ({ open }) => {
  test('can be resolved, listed and read back', async () => {
    const store = await open();
    await publishThrice(store);

    const latest = await resolveArtifact(store, 'blocks');
    const versions = await listVersions(store, 'blocks');
    const fetched = join(folder, 'fetched');
    await downloadArtifact(store, latest ?? expect.fail('nothing is published'), fetched);

    expect(latest).toMatchObject({ name: 'blocks', version: '20261102T061500Z-run-2', rows: 20 });
    expect(versions.map(({ manifest, isLatest, isPublished }) => [manifest.version, isLatest, isPublished])).toEqual([
      ['20261102T061500Z-run-2', true, true],
      ['20261101T061500Z-run-1', false, true],
    ]);
    expect((await readFile(fetched)).equals(await readFile(files[1] ?? ''))).toBe(true);
    expect(await complaintsAbout(store)).toEqual([]);
  });
});

test('an older version can be pinned as well', async () => {
  const store = memoryStore();
  await publishThrice(store);

  const pinned = await resolveArtifact(store, 'blocks', '20261101T061500Z-run-1');

  expect(pinned).toMatchObject({ version: '20261101T061500Z-run-1', rows: 20 });
});

test('what was never published resolves to undefined', async () => {
  const store = memoryStore();
  await publishThrice(store);

  expect(await resolveArtifact(store, 'other')).toBeUndefined();
  expect(await resolveArtifact(store, 'blocks', '20250101T000000Z-x')).toBeUndefined();
  expect(await listVersions(store, 'other')).toEqual([]);
});

test.each([
  { name: 'a name that climbs', act: (store: ArtifactStore) => resolveArtifact(store, '../secrets') },
  { name: 'the name of a plain copy', act: (store: ArtifactStore) => resolveArtifact(store, 'blocks-latest') },
  { name: 'a version of another form', act: (store: ArtifactStore) => resolveArtifact(store, 'blocks', 'newest') },
])('refuses $name', async ({ act }) => {
  await expect(act(memoryStore())).rejects.toThrow(UsageError);
});

test('lists every artifact once, by name, and nothing else that lies beside', async () => {
  const store = memoryStore();
  for (const name of ['c', 'a', 'b_2']) {
    const contract = { ...blocks, name };
    await publishArtifact(aPublisher({ artifacts: store }), contract, { dataFile: files[0] ?? '', inputs: [] });
  }
  await store.write('artifacts/stranger.txt', 'x');
  await store.write('results/a/latest.json', '{}');

  expect((await listArtifacts(store)).map(({ name }) => name)).toEqual(['a', 'b_2', 'c']);
});

test('shows what lost a race as stored but never published', async () => {
  const store = memoryStore();
  await publishThrice(store);
  const orphan = '20261103T061500Z-run-3';
  for (const file of ['data.parquet', 'manifest.json']) {
    await store.copy(`artifacts/blocks/20261101T061500Z-run-1/${file}`, `artifacts/blocks/${orphan}/${file}`);
  }
  const { bytes } = await store.read(`artifacts/blocks/${orphan}/manifest.json`);
  const manifest = { ...JSON.parse(Buffer.from(bytes).toString()), version: orphan };
  await store.write(`artifacts/blocks/${orphan}/manifest.json`, JSON.stringify(manifest));

  const versions = await listVersions(store, 'blocks');

  expect(versions[0]).toMatchObject({ manifest: { version: orphan }, isLatest: false, isPublished: false });
});

test('data whose bytes have changed is not taken for what was published', async () => {
  const store = memoryStore();
  await publishThrice(store);
  const pinned = await resolveArtifact(store, 'blocks');
  await store.write('artifacts/blocks/20261102T061500Z-run-2/data.parquet', 'tampered');

  const downloading = downloadArtifact(store, pinned ?? expect.fail('nothing is published'), join(folder, 'bad'));

  await expect(downloading).rejects.toThrow(ChecksumMismatchError);
});

test('a version that was cleaned up meanwhile is said to be gone', async () => {
  const store = memoryStore();
  const gone = { name: 'blocks', version: '20250101T000000Z-x', sha256: 'f'.repeat(64), rows: 1 };

  await expect(downloadArtifact(store, gone, join(folder, 'gone'))).rejects.toThrow(ObjectNotFoundError);
});
