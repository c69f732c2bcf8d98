import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runFlow, startFlow } from './run-flow.ts';

// real processes on a machine that may be busy with other tests
const patience = { timeout: 60_000 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flow-bin-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Makes node refuse every AWS library, whoever asks for it. */
const withoutAws = [
  '--import',
  `data:text/javascript,${encodeURIComponent(`
    import { registerHooks } from 'node:module';
    registerHooks({
      resolve(specifier, context, next) {
        if (specifier.startsWith('@aws-sdk/') || specifier.startsWith('@smithy/')) throw new Error('loads ' + specifier);
        return next(specifier, context);
      },
    });
  `)}`,
];

describe('flow run build-verra', () => {
  it('publishes three artifacts without any AWS library, and nothing new the second time', patience, async () => {
    const first = await runFlow(['run', 'build-verra', '--json'], { folder, nodeOptions: withoutAws });
    const second = await runFlow(['run', 'build-verra'], { folder });

    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    const { status, artifacts } = JSON.parse(first.stdout);
    expect({ status, artifacts: artifacts.map(nameAndStatus) }).toEqual({
      status: 'SUCCEEDED',
      artifacts: ['raw_verra_data published', 'verra_data_v2 published', 'verra_retirements published'],
    });
    expect(second).toMatchObject({ exitCode: 0, stderr: '' });
    expect(second.stdout).toContain('source: the sample server at http://127.0.0.1:');
    expect(second.stdout).toContain('nothing new was published: the source has not changed since');
  });

  it('stops cleanly on Ctrl-C: an aborted execution, exit 1, no stack trace', patience, async () => {
    const child = startFlow(['run', 'build-verra', '--name', 'interrupted'], { folder });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      if (!stdout.includes('FetchMonths entered') && `${stdout}${chunk}`.includes('FetchMonths entered'))
        child.kill('SIGINT');
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    await once(child, 'close');

    expect({ exitCode: child.exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'stopping the execution; press Ctrl-C again to leave at once\n',
    });
    expect(stdout).toContain('ABORTED in');
    const shown = await runFlow(['show', 'interrupted', '--json'], { folder });
    expect(JSON.parse(shown.stdout)).toMatchObject({ status: 'ABORTED', error: 'Interrupted' });
  });
});

function nameAndStatus({ artifact, status }: { artifact: string; status: string }): string {
  return `${artifact} ${status}`;
}

describe('mistakes', () => {
  it.each([
    { name: 'an unknown flow', argv: ['run', 'build-vera'], says: "did you mean 'build-verra'?" },
    {
      name: 'a store of an unknown kind',
      argv: ['run', 'build-verra'],
      variables: { RESULTS_URL: 'ftp://x' },
      says: "store 'ftp://x' is neither",
    },
    {
      name: 'a store that is a file',
      argv: ['run', 'build-verra'],
      variables: { RESULTS_URL: import.meta.url },
      says: 'it must be a folder',
    },
  ])('says $name on stderr, exits 2 and leaves no file behind', patience, async ({ argv, variables, says }) => {
    const { stdout, stderr, exitCode } = await runFlow(argv, { folder, ...(variables && { variables }) });

    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(says);
    expect(await readdir(folder)).toEqual([]);
  });
});

it('reads settings from .env, and lets a process variable win', patience, async () => {
  await writeFile(join(folder, '.env'), 'RESULTS_URL=ftp://from-file\n');

  const fromFile = await runFlow(['artifacts'], { folder });
  const fromProcess = await runFlow(['artifacts'], { folder, variables: { RESULTS_URL: 'ftp://from-process' } });

  expect(fromFile.stderr).toContain("store 'ftp://from-file'");
  expect(fromProcess.stderr).toContain("store 'ftp://from-process'");
});

it('says that .env cannot be read', patience, async () => {
  await mkdir(join(folder, '.env'));

  const { stderr, exitCode } = await runFlow(['artifacts'], { folder });

  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^flow: cannot read the settings file '.*\.env'\n$/);
});

it('does not mind when whoever reads its output has left', patience, async () => {
  const child = startFlow(['--help'], { folder });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout.destroy();
  await once(child, 'close');

  expect({ exitCode: child.exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});
