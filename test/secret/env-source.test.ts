import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { envSource } from '../../lib/secret/env-source.ts';

let folder: string;
let envFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'env-source-'));
  envFile = join(folder, '.env');
  await writeFile(envFile, '# keys\nAPI_KEY="from file"\nONLY_FILE=file # note\nEMPTY=\n');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('envSource', () => {
  it.each([
    { name: 'reads the file', key: 'ONLY_FILE', value: 'file' },
    { name: 'lets the process win', key: 'API_KEY', value: 'from process' },
    { name: 'takes an empty value in the file for not set', key: 'EMPTY', value: undefined },
    { name: 'takes an empty variable for not set', key: 'BLANK', value: undefined },
    { name: 'knows no other names', key: 'toString', value: undefined },
  ])('$name', async ({ key, value }) => {
    const source = envSource({ envFile, variables: { API_KEY: 'from process', BLANK: '' } });

    expect(await source.find(key)).toBe(value);
  });

  it('reads the variables of this process, as they are at that moment', async () => {
    const source = envSource();
    vi.stubEnv('DATA_FLOWS_TEST_KEY', 'now');

    expect(await source.get('DATA_FLOWS_TEST_KEY')).toBe('now');
  });

  it('says how to set what is missing', async () => {
    await expect(envSource({ envFile, variables: {} }).get('NYT_API_KEY')).rejects.toMatchObject({
      name: 'SecretMissingError',
      message: "'NYT_API_KEY' is not set; put NYT_API_KEY=… into .env, or set the process variable",
    });
  });

  it('takes a file that does not exist for an empty one, and refuses what is no file', async () => {
    expect(await envSource({ envFile: join(folder, 'none'), variables: {} }).find('X')).toBeUndefined();
    expect(() => envSource({ envFile: folder, variables: {} })).toThrow(`cannot read the settings file '${folder}'`);
  });
});
