import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { directoryStore } from '../../lib/artifact/directory-store.ts';
import { StoreRefusedError } from '../../lib/artifact/store-errors.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { describeStoreContract } from './store-contract.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'directory-store-'));
});
afterAll(() => rm(folder, { recursive: true }));

const freshFolder = () => mkdtemp(join(folder, 'store-'));

describeStoreContract('the directory store', {
  openEmpty: async () => directoryStore(await freshFolder()),
  manyKeys: 120,
  largeFileBytes: 3_000_000,
});

test('writers in several processes never lose an update', async () => {
  const root = await freshFolder();
  await directoryStore(root).write('state/counter', '0');
  const writer = [fileURLToPath(new URL('./racing-writer.ts', import.meta.url)), root, '25'];

  await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, writer)));

  const { bytes } = await directoryStore(root).read('state/counter');
  expect(Buffer.from(bytes).toString()).toBe('75');
});

test('an etag changes with every write, even of the same bytes within the same millisecond', async () => {
  const store = directoryStore(await freshFolder());

  const etags = new Set<string>();
  for (let write = 0; write < 50; write += 1) etags.add((await store.write('state/x', 'same')).etag);

  expect(etags.size).toBe(50);
});

test('is an empty store until its folder exists', async () => {
  const root = join(await freshFolder(), 'not', 'yet');
  const store = directoryStore(root);

  expect(await Array.fromAsync(store.list(''))).toEqual([]);
  expect(await store.head('artifacts/x')).toBeUndefined();
  await expect(readdir(root)).rejects.toThrow('ENOENT');
});

test('leaves no temporary file and no empty folder behind', async () => {
  const root = await freshFolder();
  const store = directoryStore(root);

  await store.write('results/a/b/c', 'x');
  await store.write('results/a/b/c', 'y', { ifAbsent: true }).catch(() => undefined);
  await store.remove(['results/a/b/c']);

  expect(await readdir(root)).toEqual(['.tmp']);
  expect(await readdir(join(root, '.tmp'))).toEqual(['lock.sqlite']);
});

test('writes again after someone removed the whole folder', async () => {
  const root = await freshFolder();
  const store = directoryStore(root);
  await store.write('state/x', 'before');
  await rm(root, { recursive: true });

  await expect(store.write('state/x', 'lost')).rejects.toThrow('ENOENT');
  await store.write('state/x', 'after');

  expect(Buffer.from((await store.read('state/x')).bytes).toString()).toBe('after');
});

test('does not take a missing target folder of a download for a missing object', async () => {
  const root = await freshFolder();
  const store = directoryStore(root);
  await store.write('state/x', 'x');

  await expect(store.download('state/x', join(root, 'no', 'such', 'folder'))).rejects.toThrow(/^ENOENT/);
});

test('says so when the lock cannot be used', async () => {
  const root = await freshFolder();
  await mkdir(join(root, '.tmp', 'lock.sqlite'), { recursive: true });

  await expect(directoryStore(root).write('state/x', 'x')).rejects.toThrow(StoreRefusedError);
});

test('never lists what a killed writer left, and sweeps it an hour later', async () => {
  const root = await freshFolder();
  const clock = fakeClock({ startsAt: '2026-11-20T12:00:00Z' });
  await mkdir(join(root, '.tmp'));
  await leftover('old', '2026-11-20T10:59:59Z');
  await leftover('young', '2026-11-20T11:30:00Z');
  const store = directoryStore(root, clock);

  expect(await Array.fromAsync(store.list(''))).toEqual([]);
  await store.write('state/x', 'x');

  expect(await readdir(join(root, '.tmp'))).toEqual(['lock.sqlite', 'young']);

  async function leftover(name: string, lastModified: string) {
    await writeFile(join(root, '.tmp', name), 'half');
    await utimes(join(root, '.tmp', name), new Date(lastModified), new Date(lastModified));
  }
});

test.each([
  { name: 'list', act: (root: string) => Array.fromAsync(directoryStore(root).list('')) },
  { name: 'read', act: (root: string) => directoryStore(root).read('artifacts/x/latest.json') },
  { name: 'head', act: (root: string) => directoryStore(root).head('artifacts/x/latest.json') },
  { name: 'write', act: (root: string) => directoryStore(root).write('artifacts/x/latest.json', '{}') },
])('$name says so when a file lies where the store should be', async ({ act }) => {
  const root = join(await freshFolder(), 'store');
  await writeFile(root, 'not a folder');

  await expect(act(root)).rejects.toThrow(StoreRefusedError);
});

test('says so when a file lies where a key needs a folder', async () => {
  const store = directoryStore(await freshFolder());
  await store.write('artifacts/x', 'a file');

  await expect(store.write('artifacts/x/latest.json', '{}')).rejects.toThrow(
    /^cannot write 'artifacts\/x\/latest\.json' to the store .*: a part of the path is a file, not a folder/,
  );
});
