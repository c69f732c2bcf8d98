import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatasetTarget } from '../../../../functions/consultation-documents/publish-data/dataset-target.ts';
import { fixedSource } from '../../../../lib/secret/fixed-source.ts';
import { startSampleServer } from '../../../../samples/server.ts';
import { testContext } from '../../../support/test-world.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'target-'));
  file = join(folder, 'card');
  await writeFile(file, '# Dataset');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const openTarget = (values: Record<string, string>) =>
  openDatasetTarget(testContext({ settings: fixedSource(values), secrets: fixedSource(values) }));

describe('the public place', () => {
  it('may be a folder, whose files are replaced', async () => {
    const url = pathToFileURL(join(folder, 'public')).href;
    const target = await openTarget({ DATASET_TARGET_URL: `${url}/` });
    await target.put('README.md', file, 'text/markdown');
    await writeFile(file, '# Newer');

    expect(await target.put('README.md', file, 'text/markdown')).toBe(`${url}/README.md`);

    expect(await readFile(join(folder, 'public/README.md'), 'utf8')).toBe('# Newer');
  });

  it('may be a web server, which wants its token', async () => {
    const server = await startSampleServer();
    const { DATASET_TARGET_URL = '', DATASET_TARGET_TOKEN = '' } = server.settings;
    const target = await openTarget({ DATASET_TARGET_URL, DATASET_TARGET_TOKEN });
    const stranger = await openTarget({ DATASET_TARGET_URL });

    const url = await target.put('README.md', file, 'text/markdown');

    expect(await (await fetch(url)).text()).toBe('# Dataset');
    await expect(stranger.put('README.md', file, 'text/markdown')).rejects.toMatchObject({
      name: 'SourceRejectedError',
    });
    await server.close();
  });

  it('has to be set', async () => {
    await expect(openTarget({})).rejects.toMatchObject({ name: 'SecretMissingError' });
  });
});
