import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aService, prices } from '../../engine/service/a-service.ts';
import { fakeCommandLine } from '../fake-world.ts';

const adding = JSON.stringify({
  Type: 'Pass',
  QueryLanguage: 'JSONata',
  Output: '{% $states.input.a + $extra %}',
  Next: 'Then',
});

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'test-state-'));
  await writeFile(join(folder, 'state.json'), adding);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function flow(...argv: string[]) {
  const { service } = await aService();
  return fakeCommandLine({ flows: [prices], service }).flow('test-state', ...argv);
}

describe('flow test-state', () => {
  test('tries out a state from a file', async () => {
    const argv = ['--definition', `@${join(folder, 'state.json')}`, '--input', '{"a":1}', '--variables', '{"extra":2}'];

    expect(await flow(...argv)).toEqual({ exitCode: 0, stdout: 'SUCCEEDED, goes on to Then\noutput: 3\n', stderr: '' });
  });

  test('tries out a state of a flow, with its own task', async () => {
    const { exitCode, stdout } = await flow('prices', '--state', 'Fetch', '--input', '{"day":1}');

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'SUCCEEDED\noutput: {"got":{"day":1}}\n' });
  });

  test('lets a mock stand in for the task', async () => {
    const { stdout } = await flow('prices', '--state', 'Fetch', '--mock-result', '{"Payload":7}');

    expect(stdout).toBe('SUCCEEDED\noutput: 7\n');
  });

  test('exits with 1 when the state fails', async () => {
    const { exitCode, stdout } = await flow('prices', '--state', 'Fetch', '--mock-error', 'SourceUnavailableError');

    expect(exitCode).toBe(1);
    expect(stdout).toBe('FAILED\nerror: SourceUnavailableError\ncause: mocked with --mock-error\n');
  });

  test('shows the data on its way when asked to inspect', async () => {
    const { stdout } = await flow('prices', '--state', 'Fetch', '--input', '{"day":1}', '--inspection-level', 'DEBUG');

    expect(stdout).toContain('\ninput: {"day":1}\n');
    expect(stdout).toContain('\nafterArguments: {"FunctionName":"arn:aws:lambda:');
  });

  test('prints what the service answers with --json', async () => {
    const { stdout } = await flow('--definition', adding, '--input', '{"a":1}', '--variables', '{"extra":2}', '--json');

    expect(JSON.parse(stdout)).toEqual({ status: 'SUCCEEDED', output: '3', nextState: 'Then' });
  });

  test.each([
    { name: 'neither flow nor definition', argv: [], stderr: 'name a flow, or give a --definition; one of the two' },
    {
      name: 'both',
      argv: ['prices', '--definition', '{}'],
      stderr: 'name a flow, or give a --definition; one of the two',
    },
    { name: 'a flow that is not there', argv: ['price'], stderr: "unknown flow 'price'; did you mean 'prices'?" },
    {
      name: 'a state that is not there',
      argv: ['prices', '--state', 'Nope'],
      stderr: "State 'Nope' is not in the state machine definition",
    },
    {
      name: 'a definition file that is not there',
      argv: ['--definition', '@nowhere.json'],
      stderr: "definition file 'nowhere.json' does not exist",
    },
    {
      name: 'input that is no JSON',
      argv: ['--definition', adding, '--input', '{'],
      stderr: '--input is not valid JSON',
    },
    {
      name: 'a level that is none',
      argv: ['--definition', adding, '--inspection-level', 'ALL'],
      stderr: '--inspection-level',
    },
  ])('refuses $name', async ({ argv, stderr }) => {
    const result = await flow(...argv);

    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain(stderr);
  });
});
