import { expect, test, vi } from 'vitest';
import { openStore } from '../../lib/artifact/open-store.ts';
import { UsageError } from '../../lib/errors.ts';

test.each([
  { url: 'file:///tmp/my%20store', opened: 'file:///tmp/my%20store' },
  { url: 's3://lake', opened: 's3://lake' },
  { url: 's3://lake/a folder/100%/', opened: 's3://lake/a folder/100%' },
])('opens $url without touching anything', async ({ url, opened }) => {
  vi.stubEnv('AWS_REGION', 'us-east-1');

  expect((await openStore(url)).url).toBe(opened);
  vi.unstubAllEnvs();
});

test.each(['', '/tmp/store', 'store', 'file://host/store', 'file:///a%2Fb', 's3://', 'https://lake.example/x'])(
  'refuses %j and says what is allowed',
  async (url) => {
    const opening = openStore(url);

    await expect(opening).rejects.toThrow(UsageError);
    await expect(opening).rejects.toThrow(`store '${url}' is neither file:///folder nor s3://bucket/prefix`);
  },
);
