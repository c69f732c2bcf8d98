import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { openKeptEntries } from '../../../lib/engine/service/kept-entries.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'kept-')), 'entries');
});

afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true });
});

const open = () => openKeptEntries(folder, z.object({ count: z.number() }));

test.each([
  { name: 'a plain name', entry: 'prices' },
  { name: 'capitals', entry: 'Prices' },
  { name: 'an ARN', entry: 'arn:aws:states:us-east-1:000000000000:activity:Work' },
  { name: 'letters that take three bytes', entry: '試'.repeat(80) },
  { name: 'dots', entry: '...' },
])('keeps an entry whose name has $name', async ({ entry }) => {
  await (await open()).set(entry, { count: 1 });

  expect((await open()).get(entry)).toEqual({ count: 1 });
});

test('keeps names apart that differ in case only, also where the file system does not', async () => {
  const entries = await open();
  await entries.set('prices', { count: 1 });
  await entries.set('PRICES', { count: 2 });

  const files = await readdir(folder);

  expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(2);
});

test('forgets what is deleted, and does not mind what is not there', async () => {
  const entries = await open();
  await entries.set('prices', { count: 1 });
  await entries.delete('prices');
  await entries.delete('prices');

  expect((await open()).values()).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test('has replaced a file as a whole, and leaves nothing half-written', async () => {
  const entries = await open();
  await Promise.all([entries.set('prices', { count: 1 }), entries.set('prices', { count: 2 })]);

  expect(await readdir(folder)).toEqual(['prices.json']);
});

test('passes over what a killed process left half-written', async () => {
  await (await open()).set('prices', { count: 1 });
  await writeFile(join(folder, 'other.json.1-1.tmp'), '{"name":');

  expect((await open()).values()).toEqual([{ count: 1 }]);
});

test.each([
  { name: 'is not what was written', text: '{"name":"prices","value":{"count":"many"}}' },
  { name: 'is no JSON', text: '{"name":' },
])('refuses a file that $name, and says which', async ({ text }) => {
  await (await open()).set('prices', { count: 1 });
  await writeFile(join(folder, 'prices.json'), text);

  await expect(open()).rejects.toMatchObject({
    name: 'UsageError',
    message: `the file '${join(folder, 'prices.json')}' does not hold what was kept in it`,
  });
});
