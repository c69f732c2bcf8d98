import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openPlatformFiles } from '../../../functions/consultation-documents/platform-files.ts';
import { openStore } from '../../../lib/artifact/open-store.ts';
import { fixedSource } from '../../../lib/secret/fixed-source.ts';
import { startSampleServer } from '../../../samples/server.ts';
import { startS3StandIn } from '../../support/s3-stand-in.ts';
import { testContext } from '../../support/test-world.ts';

const path = '2024/1/2/f.pdf';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platform-files-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** The files in a bucket of a service that speaks S3. */
async function inBucket() {
  const s3 = await startS3StandIn();
  onTestFinished(() => s3[Symbol.asyncDispose]());
  s3.createBucket('demokratis');
  const keys = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const bucket = await openStore('s3://demokratis', undefined, { endpointUrl: s3.url, ...keys });
  await bucket.write(path, 'bytes');
  const settings = fixedSource({ PLATFORM_FILES_ENDPOINT_URL: s3.url });
  const secrets = fixedSource({
    PLATFORM_FILES_ACCESS_KEY: keys.accessKeyId,
    PLATFORM_FILES_SECRET_KEY: keys.secretAccessKey,
  });
  return await openPlatformFiles(testContext({ settings, secrets }));
}

/** The files behind a web server. */
async function onTheWeb() {
  const platform = {
    records: () => [],
    file: (asked: string) => (asked === path ? Buffer.from('bytes') : undefined),
  };
  const server = await startSampleServer({ demokratis: { platform } });
  onTestFinished(() => server.close());
  return await openPlatformFiles(testContext({ settings: fixedSource(server.settings) }));
}

describe.each([
  { where: 'a bucket', open: inBucket },
  { where: 'a web server', open: onTheWeb },
])('files in $where', ({ open }) => {
  it('are saved', async () => {
    const files = await open();

    expect(await files.download(path, join(folder, 'x'), { maxBytes: 5 })).toEqual({ kind: 'saved' });
    expect(await readFile(join(folder, 'x'), 'utf8')).toBe('bytes');
  });

  it('that are missing or too large are told apart', async () => {
    const files = await open();

    expect(await files.download('2024/1/2/none.pdf', join(folder, 'x'), { maxBytes: 5 })).toEqual({
      kind: 'missing_file',
      detail: "the platform gives no file under '2024/1/2/none.pdf'",
    });
    expect(await files.download(path, join(folder, 'x'), { maxBytes: 4 })).toMatchObject({ kind: 'too_large' });
  });
});
