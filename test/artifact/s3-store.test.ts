import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { openStore } from '../../lib/artifact/open-store.ts';
import { ConditionFailedError, StoreRefusedError, StoreUnavailableError } from '../../lib/artifact/store-errors.ts';
import { type S3StandIn, startS3StandIn } from '../support/s3-stand-in.ts';
import { describeStoreContract } from './store-contract.ts';

let s3: S3StandIn;
let folder: string;
let stores = 0;
beforeAll(async () => {
  s3 = await startS3StandIn();
  s3.createBucket('lake');
  folder = await mkdtemp(join(tmpdir(), 's3-store-'));
  vi.stubEnv('AWS_ENDPOINT_URL', s3.url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await s3[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function openEmpty(): Promise<ArtifactStore> {
  stores += 1;
  return openStore(`s3://lake/store ${stores}/`);
}

describeStoreContract('the S3 store', { openEmpty, manyKeys: 1_100, largeFileBytes: 12 * 1024 * 1024 });

test('a store at the top of a bucket holds the other stores as folders', async () => {
  s3.createBucket('whole');
  const store = await openStore('s3://whole');
  await (await openStore('s3://whole/inner')).write('state/x', 'x');

  expect((await Array.fromAsync(store.list(''))).map(({ key }) => key)).toEqual(['inner/state/x']);
  expect(store.url).toBe('s3://whole');
});

test('a refused upload leaves no unfinished parts behind', async () => {
  const store = await openEmpty();
  const file = join(folder, 'large');
  await writeFile(file, Buffer.alloc(11 * 1024 * 1024));
  await store.write('artifacts/x', 'old');

  await expect(store.upload('artifacts/x', file, { ifAbsent: true })).rejects.toThrow(ConditionFailedError);

  expect(s3.openUploads).toBe(0);
});

test('asks again when the service stumbles or two conditional writes meet', async () => {
  const store = await openEmpty();

  s3.failNext({ status: 409, code: 'ConditionalRequestConflict', times: 2 });
  await store.write('state/x', 'first', { ifAbsent: true });
  s3.failNext({ status: 500, code: 'InternalError', times: 1 });
  await store.write('state/y', 'second');

  expect((await Array.fromAsync(store.list('state/'))).map(({ key }) => key)).toEqual(['state/x', 'state/y']);
});

test('reads again when an answer breaks off half-way', async () => {
  const store = await openEmpty();
  await store.write('state/x', 'x'.repeat(100_000));

  s3.cutNextDownload();
  const { bytes } = await store.read('state/x');
  s3.cutNextDownload();
  await store.download('state/x', join(folder, 'whole'));

  expect(bytes.byteLength).toBe(100_000);
  expect(s3.requests.filter((request) => request === `GET /lake/store ${stores}/state/x`)).toHaveLength(4);
});

test.each([
  {
    name: 'a bucket that does not exist',
    url: 's3://nowhere/x',
    error: StoreRefusedError,
    message: "bucket 'nowhere' does not exist",
  },
  {
    name: 'missing rights',
    failure: { status: 403, code: 'AccessDenied' },
    error: StoreRefusedError,
    message: 'access to s3://lake/x/artifacts/x is denied (AccessDenied)',
  },
  {
    name: 'credentials that ended',
    failure: { status: 400, code: 'ExpiredToken' },
    error: StoreRefusedError,
    message: 'the AWS credentials do not work for s3://lake/x/artifacts/x (ExpiredToken)',
  },
])('says $name in a sentence, and never takes it for an absent object', async ({ url, failure, error, message }) => {
  const store = await openStore(url ?? 's3://lake/x');

  for (const act of [() => store.read('artifacts/x'), () => store.write('artifacts/x', '')]) {
    if (failure) s3.failNext({ ...failure, times: 1 });
    const thrown = await act().catch((caught: unknown) => caught);
    expect(thrown).toBeInstanceOf(error);
    expect(thrown).toHaveProperty('message', expect.stringContaining(message));
  }
});

test('head tells a missing bucket from a missing object', async () => {
  const store = await openStore('s3://nowhere');

  await expect(store.head('artifacts/x')).rejects.toThrow("bucket 'nowhere' does not exist");
});

test('reaches a service of another owner with keys of its own', async () => {
  const others = await startS3StandIn();
  onTestFinished(() => others[Symbol.asyncDispose]());
  others.createBucket('lake');
  const access = { endpointUrl: others.url, accessKeyId: 'other', secretAccessKey: 'other' };

  const store = await openStore('s3://lake', undefined, access);
  await store.write('state/x', 'theirs');

  expect(others.requests).toEqual(['PUT /lake/state/x']);
});

test('gives up on a service that is not there, after a bounded number of attempts', async () => {
  const gone = await startS3StandIn();
  await gone[Symbol.asyncDispose]();
  vi.stubEnv('AWS_ENDPOINT_URL', gone.url);
  const store = await openStore('s3://lake');
  vi.stubEnv('AWS_ENDPOINT_URL', s3.url);

  await expect(store.read('artifacts/x')).rejects.toThrow(StoreUnavailableError);
});

test('the stand-in unwraps aws-chunked bodies and checks their trailing checksum', async () => {
  const client = new S3Client({ endpoint: s3.url, forcePathStyle: true });
  const Body = Readable.from([Buffer.from('one '), Buffer.from('two')]);

  await client.send(new PutObjectCommand({ Bucket: 'lake', Key: 'streamed/state/x', Body, ContentLength: 7 }));

  const { bytes } = await (await openStore('s3://lake/streamed')).read('state/x');
  expect(Buffer.from(bytes).toString()).toBe('one two');
});

test('says which setting is missing when no region is known', async () => {
  vi.stubEnv('AWS_REGION', undefined);
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'no-config'));
  onTestFinished(() => void vi.stubEnv('AWS_REGION', 'us-east-1'));

  await expect(openStore('s3://lake')).rejects.toThrow("no AWS region is known for the store 's3://lake'");
});
