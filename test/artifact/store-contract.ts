import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArtifactStore, StoredObject } from '../../lib/artifact/artifact-store.ts';
import { ConditionFailedError, ObjectNotFoundError } from '../../lib/artifact/store-errors.ts';
import { UsageError } from '../../lib/errors.ts';

/** How one adapter is tested: `openEmpty` gives a store that nobody else uses. */
export interface StoreUnderTest {
  readonly openEmpty: () => Promise<ArtifactStore>;
  /** More than fits one listing page, deletion batch or multipart part; small where the service is slow. */
  readonly manyKeys: number;
  readonly largeFileBytes: number;
}

/** The promises of the `ArtifactStore` port, which every adapter keeps in the same way. */
export function describeStoreContract(adapter: string, { openEmpty, manyKeys, largeFileBytes }: StoreUnderTest): void {
  describe(`${adapter} keeps the store's contract`, () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'store-contract-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    test('gives back the bytes that were written, with the etag of that write', async () => {
      const store = await openEmpty();
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);

      const { etag } = await store.write('results/a flow/bytes.bin', bytes);

      const read = await store.read('results/a flow/bytes.bin');
      expect(Buffer.from(read.bytes)).toEqual(Buffer.from(bytes));
      expect(read.etag).toBe(etag);
    });

    test('stores text as UTF-8 and the empty object as itself', async () => {
      const store = await openEmpty();

      await store.write('state/text', 'Grüße 🌍');
      await store.write('state/empty', '');

      expect(await readText(store, 'state/text')).toBe('Grüße 🌍');
      expect(await readText(store, 'state/empty')).toBe('');
    });

    test('describes an object, and answers undefined for a key that has none', async () => {
      const store = await openEmpty();
      const { etag } = await store.write('state/some/key', 'four');

      const object = await store.head('state/some/key');

      expect(object).toEqual({ key: 'state/some/key', sizeBytes: 4, etag, lastModified: expect.any(Date) });
      expect(await store.head('state/some/other')).toBeUndefined();
      expect(await store.head('state/some')).toBeUndefined();
      expect(await store.head('state/some/key/below')).toBeUndefined();
    });

    test('replaces an object as a whole, under a new etag', async () => {
      const store = await openEmpty();
      const first = await store.write('state/x', 'first and longer');

      const second = await store.write('state/x', 'second');

      expect(second.etag).not.toBe(first.etag);
      expect(await readText(store, 'state/x')).toBe('second');
    });

    test.each([
      { name: 'read', act: (store: ArtifactStore) => store.read('artifacts/none') },
      { name: 'download', act: (store: ArtifactStore) => store.download('artifacts/none', join(folder, 'none')) },
      { name: 'copy', act: (store: ArtifactStore) => store.copy('artifacts/none', 'artifacts/copy') },
    ])('$name of a key that has no object is an ObjectNotFoundError', async ({ act }) => {
      const store = await openEmpty();
      await store.write('artifacts/nonesuch', 'a neighbour');

      await expect(act(store)).rejects.toThrow(ObjectNotFoundError);
      expect(await store.head('artifacts/copy')).toBeUndefined();
    });

    test.each([
      { name: 'only if absent, and something is there', ready: 'old', condition: () => ({ ifAbsent: true }) as const },
      { name: 'only over an object seen, and it changed', ready: 'old', condition: () => ({ ifMatch: '"stale"' }) },
      { name: 'only over an object seen, and it is gone', ready: '', condition: () => ({ ifMatch: '"stale"' }) },
    ])('writes nothing when told $name', async ({ ready, condition }) => {
      const store = await openEmpty();
      const key = 'artifacts/x/latest.json';
      if (ready) await store.write(key, ready);

      await expect(store.write(key, 'new', condition())).rejects.toThrow(ConditionFailedError);
      await expect(store.upload(key, await fileOf(5), condition())).rejects.toThrow(ConditionFailedError);

      expect(await store.head(key).then((object) => object?.sizeBytes)).toBe(ready ? 3 : undefined);
    });

    test('a condition that holds lets the write through, and the etag it gives is the next condition', async () => {
      const store = await openEmpty();

      const first = await store.write('state/chain', '1', { ifAbsent: true });
      const second = await store.write('state/chain', '2', { ifMatch: first.etag });
      await store.upload('state/chain', await fileOf(3), { ifMatch: second.etag });

      await expect(store.write('state/chain', '4', { ifMatch: first.etag })).rejects.toThrow(ConditionFailedError);
      expect(await readText(store, 'state/chain')).toBe('abc');
    });

    test('of many writers that race to create an object, one wins and its bytes stay', async () => {
      const store = await openEmpty();

      const winners = await winnersOf(12, (writer) => store.write('state/race', writer, { ifAbsent: true }));

      expect(winners).toEqual([await readText(store, 'state/race')]);
    });

    test('of many writers that race to replace the same object, one wins and its bytes stay', async () => {
      const store = await openEmpty();
      const { etag } = await store.write('state/race', 'before');

      const winners = await winnersOf(12, (writer) => store.write('state/race', writer, { ifMatch: etag }));

      expect(winners).toEqual([await readText(store, 'state/race')]);
    });

    test('readers meanwhile see one whole version or another', async () => {
      const store = await openEmpty();
      const versions = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(50_000));
      await store.write('state/seen', versions[0] ?? '');

      const writing = (async () => {
        for (const version of versions) await store.write('state/seen', version);
      })();
      const seen = await Promise.all(Array.from({ length: 10 }, () => readText(store, 'state/seen')));
      await writing;

      expect(versions).toEqual(expect.arrayContaining(seen));
    });

    test('takes and gives back a file larger than it sends at once', async () => {
      const store = await openEmpty();
      const source = await fileOf(largeFileBytes);
      const target = join(folder, 'downloaded');

      const { etag } = await store.upload('artifacts/large/data.parquet', source);
      await store.download('artifacts/large/data.parquet', target);

      expect((await readFile(source)).equals(await readFile(target))).toBe(true);
      expect(await store.head('artifacts/large/data.parquet')).toMatchObject({ sizeBytes: largeFileBytes, etag });
    });

    test('copies an object over another, and leaves the source', async () => {
      const store = await openEmpty();
      await store.write('artifacts/x/v1/data.parquet', 'version one');
      await store.write('artifacts/x-latest.parquet', 'an older one');

      await store.copy('artifacts/x/v1/data.parquet', 'artifacts/x-latest.parquet');

      expect(await readText(store, 'artifacts/x-latest.parquet')).toBe('version one');
      expect(await readText(store, 'artifacts/x/v1/data.parquet')).toBe('version one');
    });

    test('lists what starts with a prefix, in key order, whatever the folders are', async () => {
      const store = await openEmpty();
      const keys = ['a/x/1', 'a/x-1', 'a/x.y/2', 'ab/1', 'a/x0', 'b/1'];
      for (const key of keys) await store.write(key, key);

      expect((await listed(store, '')).map(({ key }) => key)).toEqual([...keys].sort());
      expect((await listed(store, 'a/x')).map(({ key }) => key)).toEqual(['a/x-1', 'a/x.y/2', 'a/x/1', 'a/x0']);
      expect((await listed(store, 'a/x/')).map(({ key }) => key)).toEqual(['a/x/1']);
      expect(await listed(store, 'a/x/1/')).toEqual([]);
      expect(await listed(store, 'none')).toEqual([]);
    });

    test('lists objects as head describes them', async () => {
      const store = await openEmpty();
      await store.write('state/one', 'size 6');

      expect(await listed(store, 'state/')).toEqual([await store.head('state/one')]);
    });

    test('lists and removes more keys than one request holds, and passes over those that are gone', async () => {
      const store = await openEmpty();
      const keys = Array.from({ length: manyKeys }, (_, index) => `results/many/${String(index).padStart(5, '0')}`);
      for (const batch of batchesOf(50, keys)) await Promise.all(batch.map((key) => store.write(key, 'x')));
      await store.write('results/other', 'stays');

      expect((await listed(store, 'results/many/')).map(({ key }) => key)).toEqual(keys);
      await store.remove([...keys, 'results/never-there']);

      expect((await listed(store, 'results/')).map(({ key }) => key)).toEqual(['results/other']);
    });

    test('removes nothing when told nothing', async () => {
      const store = await openEmpty();
      await store.write('state/x', 'x');

      await store.remove([]);

      expect(await readText(store, 'state/x')).toBe('x');
    });

    test('writes many objects at once, over what was there, under names of any language', async () => {
      const store = await openEmpty();
      await store.write('state/a/Île de Ré.csv', 'old');

      await store.writeAll([
        { key: 'state/a/Île de Ré.csv', body: 'new' },
        { key: 'state/b/大.tile', body: new Uint8Array([1, 2]) },
      ]);

      expect(await readText(store, 'state/a/Île de Ré.csv')).toBe('new');
      expect([...(await store.read('state/b/大.tile')).bytes]).toEqual([1, 2]);
      expect((await listed(store, 'state/')).map(({ key }) => key)).toEqual([
        'state/a/Île de Ré.csv',
        'state/b/大.tile',
      ]);
    });

    test.each([
      '',
      '/etc/passwd',
      '../outside',
      'a/../../b',
      'a//b',
      'a/./b',
      '.tmp/x',
      'a\\b',
      'a/\n',
      'a/\ud800',
      'ü'.repeat(128),
    ])('refuses the key %j before touching anything', async (key) => {
      const store = await openEmpty();

      await expect((async () => store.write(key, 'x'))()).rejects.toThrow(UsageError);
      await expect((async () => store.read(key))()).rejects.toThrow(UsageError);
      expect(await listed(store, '')).toEqual([]);
    });

    async function fileOf(sizeBytes: number): Promise<string> {
      const path = join(folder, `file-${sizeBytes}`);
      await writeFile(path, 'abcdefghijk'.repeat(Math.ceil(sizeBytes / 11)).slice(0, sizeBytes));
      return path;
    }
  });
}

async function readText(store: ArtifactStore, key: string): Promise<string> {
  return Buffer.from((await store.read(key)).bytes).toString('utf8');
}

async function listed(store: ArtifactStore, prefix: string): Promise<StoredObject[]> {
  return Array.fromAsync(store.list(prefix));
}

async function winnersOf(count: number, write: (writer: string) => Promise<unknown>): Promise<string[]> {
  const writers = Array.from({ length: count }, (_, index) => `writer ${index}`);
  const outcomes = await Promise.allSettled(writers.map(write));
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(ConditionFailedError);
  }
  return writers.filter((_, index) => outcomes[index]?.status === 'fulfilled');
}

function batchesOf<T>(size: number, all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
