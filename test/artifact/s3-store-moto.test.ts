import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { openStore } from '../../lib/artifact/open-store.ts';
import { hasMoto, startMoto } from '../support/moto.ts';
import { describeStoreContract } from './store-contract.ts';

describe.skipIf(!hasMoto())('against moto (skipped where python3 has no moto)', () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let stores = 0;
  beforeAll(async () => {
    moto = await startMoto();
    vi.stubEnv('AWS_ENDPOINT_URL', moto.url);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    const client = new S3Client({ endpoint: moto.url, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: 'lake' }));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await moto[Symbol.asyncDispose]();
  });

  describeStoreContract('the S3 store', {
    openEmpty: () => {
      stores += 1;
      return openStore(`s3://lake/store-${stores}`);
    },
    manyKeys: 20,
    largeFileBytes: 6 * 1024 * 1024,
  });
});
