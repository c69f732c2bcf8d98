import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { readJsonLines } from '../../../lib/engine/json-lines.ts';
import { LocalExecutions, type LocalExecutionsOptions } from '../../../lib/engine/local-executions.ts';
import { InvalidDataError } from '../../../lib/errors.ts';
import { defineFlow } from '../../../lib/flow/flow.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const flow = defineFlow({
  name: 'files',
  description: 'for tests',
  group: 'test-group',
  input: z.array(z.string()),
  tasks: { ReadFile: {} },
});

const readFile = {
  StartAt: 'ReadFile',
  States: { ReadFile: { Type: 'Task', Resource: '${ReadFileArn}', End: true } },
};
const distributed = (fields: object, processor: object = readFile) => ({
  StartAt: 'ReadFiles',
  States: {
    ReadFiles: {
      Type: 'Map',
      Label: 'files',
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...processor },
      End: true,
      ...fields,
    },
  },
});

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

type InvokeTask = LocalExecutionsOptions['invokeTask'];

/** Logs the file it reads; those that are named after what is wrong with them fail. */
const reading: InvokeTask = async ({ payload, onLog }) => {
  onLog({ timestamp: '2026-01-01T00:00:00.000Z', level: 'INFO', message: `read ${payload}`, fields: {} });
  if (String(payload).startsWith('bad')) throw new InvalidDataError(`${payload} is no file`);
  return payload;
};

/** A process of its own each time it is called, over the same folder. */
async function aProject(definition: object): Promise<(invokeTask?: InvokeTask) => LocalExecutions> {
  const folder = await mkdtemp(join(tmpdir(), 'children-'));
  folders.push(folder);
  return (invokeTask = reading) =>
    new LocalExecutions({
      folder,
      clock: fakeClock({ autoAdvance: true }),
      flows: [{ flow, aslText: JSON.stringify(definition) }],
      invokeTask,
      events: { emit: async () => undefined },
    });
}

async function run(executions: LocalExecutions, input: readonly string[]): Promise<string> {
  const { name } = await executions.start(flow, input);
  await ended(executions, name);
  return name;
}

async function ended(executions: LocalExecutions, name: string): Promise<void> {
  for await (const _event of executions.history(name, { follow: true }));
}

async function logged(executions: LocalExecutions, name: string): Promise<string[]> {
  const lines = await Array.fromAsync(executions.logs(name));
  return lines.map(({ child, message, state }) => `${state} #${child?.index} ${message}`).sort();
}

test('keeps what the tasks of children log with the execution, told apart by child, also after a redrive', async () => {
  const open = await aProject(distributed({ ToleratedFailurePercentage: 10 }));
  const first = open();
  const name = await run(first, ['a', 'bad']);
  const before = await logged(first, name);

  const next = open(async (invocation) => {
    await reading({ ...invocation, payload: 'mended' });
    return null;
  });
  await next.redrive(name);
  await ended(next, name);

  expect(before).toEqual(['ReadFile #0 read a', 'ReadFile #1 read bad']);
  expect(await logged(open(), name)).toEqual([...before, 'ReadFile #1 read mended']);
  const [{ child } = {}] = await Array.fromAsync(first.logs(name));
  expect(child).toEqual({ index: 0, name: expect.stringMatching(/^[0-9a-f-]{36}-0$/) });
});

test('keeps the lines of children of children with the outermost execution', async () => {
  const inner = distributed({ Label: 'inner', ItemsPath: '$' });
  const open = await aProject(distributed({ Label: 'outer', ItemSelector: ['a', 'b'] }, inner));
  const executions = open();

  const name = await run(executions, ['once']);

  expect(await logged(executions, name)).toEqual(['ReadFile #0 read a', 'ReadFile #1 read b']);
});

test('tells which children failed and why, here and in the next process, until a redrive mends them', async () => {
  const open = await aProject(distributed({ ToleratedFailurePercentage: 50, MaxConcurrency: 1 }));
  const first = open();
  const name = await run(first, ['bad 0', 'a', 'bad 2', 'bad 3']);

  for (const executions of [first, open()]) {
    const [mapRun, ...others] = await executions.mapRuns(name);
    if (!mapRun) throw new Error('there is no Map Run');
    expect(others).toEqual([]);
    expect(mapRun).toMatchObject({ status: 'FAILED', counts: { succeeded: 1, failed: 3, aborted: 0, total: 4 } });
    expect(await executions.failedChildren(mapRun, 2)).toEqual([
      {
        name: expect.stringMatching(/-0$/),
        index: 0,
        status: 'FAILED',
        inputText: '"bad 0"',
        error: 'InvalidDataError',
        cause: expect.stringContaining('bad 0 is no file'),
      },
      expect.objectContaining({ index: 2 }),
    ]);
  }

  const mended = open(async () => null);
  await mended.redrive(name);
  await ended(mended, name);
  for (const executions of [mended, open()]) {
    const [mapRun] = await executions.mapRuns(name);
    expect(mapRun).toMatchObject({ status: 'SUCCEEDED', counts: { succeeded: 4, failed: 0, total: 4 } });
    expect(mapRun && (await executions.failedChildren(mapRun, 2))).toEqual([]);
  }
});

test('counts children as aborted that were running when another failed or the execution was stopped', async () => {
  const open = await aProject(distributed({}));
  const stuck: InvokeTask = async (invocation) =>
    invocation.payload === 'stuck' ? new Promise(() => undefined) : reading(invocation);
  const first = open(stuck);

  const failed = await run(first, ['stuck', 'bad', 'stuck']);
  const { name: stopped } = await first.start(flow, ['stuck', 'a']);
  await setImmediate();
  await first.stop(stopped);

  for (const executions of [first, open()]) {
    expect(await executions.mapRuns(failed)).toMatchObject([
      { status: 'FAILED', counts: { failed: 1, aborted: 2, total: 3, resultsWritten: 1 } },
    ]);
    expect(await executions.mapRuns(stopped)).toMatchObject([
      { status: 'ABORTED', counts: { succeeded: 1, failed: 0, aborted: 1 } },
    ]);
  }
});

test('keeps no more of a failed child’s input than tells which it was', async () => {
  const open = await aProject(distributed({}));
  const executions = open();

  const name = await run(executions, [`bad ${'x'.repeat(100_000)}`]);

  const [kept] = await Array.fromAsync(
    readJsonLines<{ inputText: string }>(join(folders[0] ?? '', 'files', name, 'map-runs.jsonl')),
  );
  expect(kept?.inputText).toHaveLength(1_000);
});
