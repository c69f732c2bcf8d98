import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchDataFile } from '../../../functions/geo-timeseries/fetch-data-file.ts';
import { openStore } from '../../../lib/artifact/open-store.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { type FileAnswer, type FileServer, startFileServer } from '../../support/file-server.ts';
import { type S3StandIn, startS3StandIn } from '../../support/s3-stand-in.ts';
import { testContext } from '../../support/test-world.ts';
import { row } from './dataset-rows.ts';
import { runOfRows } from './run-of-rows.ts';

let folder: string;
/** Bytes of datasets with one row each. */
const datasets: Record<'one' | 'two' | 'three', Buffer> = { one: Buffer.of(), two: Buffer.of(), three: Buffer.of() };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fetch-data-file-'));
  await using sql = await openSql({ workFolder: folder, memoryMiB: 256, threads: 1 });
  for (const name of ['one', 'two', 'three'] as const) {
    const file = join(folder, `${name}.parquet`);
    await sql.run(`COPY (${row({ country: `'${name}'` })}) TO ${quoteText(file)} (FORMAT parquet)`);
    datasets[name] = await readFile(file);
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** Time passes by itself, so that pauses between tries take none. */
const fetched = async (address: string) => {
  const context = testContext({ workFolder: folder, clock: fakeClock({ autoAdvance: true }) });
  return await readFile(await fetchDataFile(context, address, 7));
};

describe('a file of a web server', () => {
  let server: FileServer;
  const serve = async (...answers: [FileAnswer, ...FileAnswer[]]) => {
    const moved: FileAnswer = { status: 302, headers: { location: '/a%20folder/x.parquet?part=1&part=2' } };
    server = await startFileServer({ '/a%20folder/x.parquet': answers, '/old.parquet': [moved] });
    return `${server.url}/a%20folder/x.parquet`;
  };
  afterEach(() => server[Symbol.asyncDispose]());

  it.each<{ name: string; answers: [FileAnswer, ...FileAnswer[]]; requests: number }>([
    { name: 'at once', answers: [{ body: 'whole' }], requests: 1 },
    { name: 'after the server stumbled', answers: [{ status: 500 }, { status: 503 }, { body: 'whole' }], requests: 3 },
    {
      name: 'after an answer that broke off',
      answers: [{ body: 'whole', isCut: true }, { body: 'whole' }],
      requests: 2,
    },
  ])('is fetched $name', async ({ answers, requests }) => {
    const address = await serve(...answers);

    expect((await fetched(address)).toString()).toBe('whole');
    expect(server.requests).toHaveLength(requests);
  });

  it('is fetched from where a redirect points', async () => {
    await serve({ body: 'whole' });

    expect((await fetched(`${server.url}/old.parquet`)).toString()).toBe('whole');
    expect(server.requests).toEqual(['/old.parquet', '/a%20folder/x.parquet?part=1&part=2']);
  });

  it('is asked for by its query as it is written, which a signature covers', async () => {
    const query = '?part=1&part=2&X-Amz-Signature=ab%2Fcd%20e';
    const address = await serve({ body: 'whole' });

    await fetched(`${address}${query}`);

    expect(server.requests).toEqual([`/a%20folder/x.parquet${query}`]);
  });

  it.each<{ name: string; answer: FileAnswer; error: string; says: string }>([
    {
      name: 'that is not there',
      answer: { status: 404, body: 'no such file' },
      error: 'SourceRejectedError',
      says: "asked once for GET ADDRESS?X-Amz-Signature=…, answered 404 ('no such file')",
    },
    {
      name: 'that may not be read',
      answer: { status: 403 },
      error: 'SourceRejectedError',
      says: 'asked once for GET ADDRESS?X-Amz-Signature=…, answered 403; check its key',
    },
    {
      name: 'of a server that only fails',
      answer: { status: 500 },
      error: 'SourceUnavailableError',
      says: 'asked 4 times for GET ADDRESS?X-Amz-Signature=…, answered 500',
    },
    {
      name: 'that breaks off each time',
      answer: { body: 'whole', isCut: true },
      error: 'SourceUnavailableError',
      says: 'asked 4 times for GET ADDRESS?X-Amz-Signature=…, could not be reached: ',
    },
  ])('$name is told in a sentence without keys', async ({ answer, error, says }) => {
    const address = await serve(answer);

    await expect(fetched(`${address}?X-Amz-Signature=secret`)).rejects.toMatchObject({
      name: error,
      message: expect.stringContaining(`the server ${server.url}, ${says.replace('ADDRESS', address)}`),
    });
  });

  it('that is another kind of file is named, before the next one is fetched', async () => {
    const address = await serve({ body: '<!doctype html><title>Sign in</title>' });

    const run = runOfRows(row(), { data_paths: [`${address}?token=secret`, `${server.url}/next.parquet`] });

    await expect(run).rejects.toThrow(`${address}?token=… cannot be read as parquet: `);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a file in a bucket', () => {
  let s3: S3StandIn;
  beforeEach(async () => {
    s3 = await startS3StandIn();
    s3.createBucket('data');
    vi.stubEnv('AWS_ENDPOINT_URL', s3.url);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    await (await openStore('s3://data')).write('a folder/x.parquet', datasets.one);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await s3[Symbol.asyncDispose]();
  });

  it.each([
    { name: 'at once', trouble: () => {} },
    { name: 'after S3 stumbled', trouble: () => s3.failNext({ status: 503, code: 'SlowDown', times: 1 }) },
    { name: 'after an answer that broke off', trouble: () => s3.cutNextDownload() },
  ])('is fetched $name', async ({ trouble }) => {
    trouble();

    expect(await fetched('s3://data/a folder/x.parquet')).toEqual(datasets.one);
  });

  it.each([
    {
      name: 'that is not there',
      address: 's3://data/y.parquet',
      error: 'ObjectNotFoundError',
      says: 'nothing is stored under s3://data/y.parquet',
    },
    {
      name: 'of a bucket that is not there',
      address: 's3://nowhere/y.parquet',
      error: 'StoreRefusedError',
      says: "bucket 'nowhere' does not exist",
    },
    {
      name: 'that may not be read',
      address: 's3://data/a folder/x.parquet',
      failure: { status: 403, code: 'AccessDenied', times: 1 },
      error: 'StoreRefusedError',
      says: 'access to s3://data/a folder/x.parquet is denied (AccessDenied)',
    },
    { name: 'without a name', address: 's3://data', error: 'InvalidDataError', says: 'write s3://bucket/key' },
  ])('$name is told in a sentence', async ({ address, failure, error, says }) => {
    if (failure) s3.failNext(failure);

    await expect(fetched(address)).rejects.toMatchObject({ name: error, message: expect.stringContaining(says) });
  });

  it('is one table with those of a web server and of this machine', async () => {
    await using server = await startFileServer({ '/two.parquet': [{ body: datasets.two }] });
    const local = join(folder, 'three.parquet');

    const { results, text } = await runOfRows(row(), {
      data_paths: ['s3://data/a folder/x.parquet', `${server.url}/two.parquet`, local, `file://${local}`],
      selected_output_tasks: ['compute_global_timeseries'],
    });

    expect(results.data_info.num_rows).toBe(4);
    expect(JSON.parse(text('raw/F/info/region_lists.json')).country).toEqual(['one', 'three', 'two']);
  });
});

it.each([
  {
    name: 'unencrypted',
    address: 'http://example.org/x?token=t',
    says: "'http://example.org/x?token=…' would be read unencrypted; write https://",
  },
  {
    name: 'with a password',
    address: 'https://me:secret@example.org/x',
    says: "'https://example.org/x' came with a user or a password",
  },
  { name: 'that is none', address: 'https://', says: "'https://' is no URL; write https://host/path" },
  {
    name: 'of another kind',
    address: 'ftp://example.org/x',
    says: "'ftp://example.org/x' begins with ftp://; s3://, https://, file:// and plain paths are read",
  },
  {
    name: 'of a file of another machine',
    address: 'file://elsewhere/x',
    says: "'file://elsewhere/x' is no file of this machine",
  },
  {
    name: 'of a file that is not here',
    address: 'nowhere.parquet',
    says: "there is no file 'nowhere.parquet' where this task runs",
  },
])('an address $name is refused before anything is asked', async ({ address, says }) => {
  await expect(fetched(address)).rejects.toMatchObject({
    name: 'InvalidDataError',
    message: expect.stringContaining(says),
  });
});
