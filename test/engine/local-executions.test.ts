import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { LocalExecutions, type LocalExecutionsOptions } from '../../lib/engine/local-executions.ts';
import { SourceUnavailableError } from '../../lib/errors.ts';
import type { FlowEvent } from '../../lib/event/event-bus.ts';
import type { HistoryEvent } from '../../lib/execution/history-event.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import type { JsonObject } from '../../lib/json.ts';
import { fakeClock } from '../support/fake-clock.ts';

const prices = defineFlow({
  name: 'prices',
  description: 'for tests',
  group: 'test-group',
  input: z.object({}).loose(),
  tasks: { Fetch: {} },
});
const outer = defineFlow({
  name: 'outer',
  description: 'starts prices',
  group: 'test-group',
  input: z.object({}).loose(),
});

const fetchAll = {
  QueryLanguage: 'JSONata',
  StartAt: 'FetchAll',
  States: {
    FetchAll: {
      Type: 'Map',
      Items: '{% $states.input.items %}',
      MaxConcurrency: 2,
      ItemProcessor: {
        StartAt: 'Fetch',
        States: {
          Fetch: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Arguments: {
              FunctionName: '${FetchArn}',
              Payload: { input: '{% $states.input %}', context: '{% $states.context %}' },
            },
            Output: '{% $states.result.Payload %}',
            End: true,
          },
        },
      },
      End: true,
    },
  },
};

const startPrices = {
  QueryLanguage: 'JSONata',
  StartAt: 'Prices',
  States: {
    Prices: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: '${PricesFlowArn}', Input: '{% $states.input %}' },
      Output: '{% $states.result.Output %}',
      Next: 'Tell',
    },
    Tell: {
      Type: 'Task',
      Resource: 'arn:aws:states:::events:putEvents',
      Arguments: {
        Entries: [{ Source: 'data-flows.outer', DetailType: 'Told', Detail: { got: '{% $states.input %}' } }],
      },
      Output: '{% $states.input %}',
      End: true,
    },
  },
};

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'executions-'));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

type Overrides = Partial<LocalExecutionsOptions> & { definition?: object };

function localExecutions({ definition = fetchAll, ...options }: Overrides = {}): LocalExecutions {
  return new LocalExecutions({
    clock: fakeClock({ autoAdvance: true }),
    flows: [
      { flow: prices, aslText: JSON.stringify(definition) },
      { flow: outer, aslText: JSON.stringify(startPrices) },
    ],
    invokeTask: async ({ payload }) => `price of ${(payload as JsonObject).input}`, // the envelope of every task
    events: { emit: async () => undefined },
    ...options,
  });
}

async function ended(executions: LocalExecutions, name: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for await (const event of executions.history(name, { follow: true })) events.push(event);
  return events;
}

describe.each([
  { name: 'in a folder', folder: newFolder },
  { name: 'in memory', folder: async () => undefined },
])('executions kept $name', ({ folder: makeFolder }) => {
  async function kept(overrides: Overrides = {}): Promise<LocalExecutions> {
    const folder = await makeFolder();
    return localExecutions({ ...overrides, ...(folder !== undefined && { folder }) });
  }

  test('runs a flow and keeps its history', async () => {
    const executions = await kept();

    const started = await executions.start(prices, { items: [1, 2, 3] });
    const events = await ended(executions, started.name);

    expect(await executions.describe(started.name)).toMatchObject({
      status: 'SUCCEEDED',
      flowName: 'prices',
      output: ['price of 1', 'price of 2', 'price of 3'],
    });
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)).toEqual({
      id: events.length,
      previousEventId: events.length - 1,
      timestamp: expect.any(String),
      type: 'ExecutionSucceeded',
      details: { output: '["price of 1","price of 2","price of 3"]' },
    });
  });

  test('gives the same execution for the same name and input, and refuses another input', async () => {
    const executions = await kept();
    const first = await executions.start(prices, { items: [], a: 1 }, { executionName: 'daily' });
    await ended(executions, 'daily');

    const second = await executions.start(prices, { a: 1, items: [] }, { executionName: 'daily' });

    expect(second.arn).toBe(first.arn);
    await expect(executions.start(prices, { items: [1] }, { executionName: 'daily' })).rejects.toThrow(
      "execution 'daily' of flow 'prices' exists already, with another input",
    );
  });

  test('reports the task error by name', async () => {
    const executions = await kept({
      invokeTask: async () => {
        throw new SourceUnavailableError('the registry did not answer');
      },
    });

    const { name } = await executions.start(prices, { items: ['a'] });
    await ended(executions, name);

    const execution = await executions.describe(name);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'SourceUnavailableError' });
    expect(JSON.parse(execution.cause ?? '')).toMatchObject({ errorMessage: 'the registry did not answer' });
  });

  test('starts another flow and hands on its output and events', async () => {
    const emitted: FlowEvent[] = [];
    const executions = await kept({
      events: {
        emit: async (event) => {
          emitted.push(event);
        },
      },
    });

    const { name } = await executions.start(outer, { items: ['x'] });
    await ended(executions, name);

    expect(await executions.describe(name)).toMatchObject({ status: 'SUCCEEDED', output: ['price of x'] });
    expect(emitted).toEqual([{ source: 'data-flows.outer', detailType: 'Told', detail: { got: ['price of x'] } }]);
    const names: string[] = [];
    for await (const execution of executions.list('prices')) names.push(execution.name);
    expect(names).toHaveLength(1);
  });

  test('stops an execution and everything that runs in it', async () => {
    const aborted: string[] = [];
    const bothRun = Promise.withResolvers<void>();
    let callCount = 0;
    const executions = await kept({
      invokeTask: ({ signal, payload }) =>
        new Promise((_, reject) => {
          callCount += 1;
          if (callCount === 2) bothRun.resolve();
          signal.addEventListener('abort', () => {
            aborted.push(String((payload as JsonObject).input)); // the envelope of every task
            reject(signal.reason);
          });
        }),
    });
    const { name } = await executions.start(prices, { items: ['a', 'b', 'c'] });
    await bothRun.promise;

    await executions.stop(name, { error: 'Enough', cause: 'told to' });

    expect(await executions.describe(name)).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'told to' });
    expect(aborted).toEqual(['a', 'b']);
    expect((await ended(executions, name)).at(-1)?.type).toBe('ExecutionAborted');
  });

  test('redrives only what did not succeed', async () => {
    const calls: string[] = [];
    let isBroken = true;
    const executions = await kept({
      invokeTask: async ({ payload }) => {
        const { input } = payload as JsonObject; // the envelope of every task
        calls.push(String(input));
        if (isBroken && input === 'c') throw new SourceUnavailableError('not now');
        return `price of ${input}`;
      },
    });
    const { name } = await executions.start(prices, { items: ['a', 'b', 'c', 'd'] });
    await ended(executions, name);
    isBroken = false;
    calls.length = 0;

    const again = await executions.redrive(name);
    const events = await ended(executions, name);

    expect(again).toMatchObject({ status: 'RUNNING', redriveCount: 1 });
    expect(calls.filter((call) => call === 'a' || call === 'b')).toEqual([]);
    expect(await executions.describe(name)).toMatchObject({
      status: 'SUCCEEDED',
      output: ['price of a', 'price of b', 'price of c', 'price of d'],
    });
    const successes = events.filter(({ type }) => type === 'TaskSucceeded');
    expect(successes).toHaveLength(4);
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    await expect(executions.redrive(name)).rejects.toThrow('has succeeded; only an unsuccessful one can be redriven');
  });

  test('says that there is no such execution', async () => {
    const executions = await kept();

    await expect(executions.describe('nothing')).rejects.toThrow("unknown execution 'nothing'");
  });
});

test('shows an execution of a killed process as aborted, and finishes it', async () => {
  const folder = await newFolder();
  const crashed = localExecutions({ folder, invokeTask: () => new Promise(() => undefined) });
  const { name } = await crashed.start(prices, { items: ['a'] });
  const path = join(folder, 'prices', name, 'execution.json');
  const record = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...record, owner: { pid: 2 ** 22 + 1, startedAt: '1' } }));
  const executions = localExecutions({ folder });

  const lost = await executions.describe(name);
  await executions.redrive(name);
  await ended(executions, name);

  expect(lost).toMatchObject({ status: 'ABORTED', error: 'Engine.ProcessLost' });
  expect(await executions.describe(name)).toMatchObject({ status: 'SUCCEEDED', output: ['price of a'] });
});

test('keeps what tasks log, with the state that logged', async () => {
  const executions = localExecutions({
    invokeTask: async ({ onLog }) => {
      onLog({ timestamp: '2026-01-01T00:00:00.000Z', level: 'INFO', message: 'fetched', fields: { rows: 3 } });
      return null;
    },
  });
  const { name } = await executions.start(prices, { items: [1] });
  await ended(executions, name);

  const lines = [];
  for await (const line of executions.logs(name)) lines.push(line);

  expect(lines).toEqual([
    { timestamp: '2026-01-01T00:00:00.000Z', level: 'INFO', message: 'fetched', state: 'Fetch', fields: { rows: 3 } },
  ]);
});

test('goes on with a changed definition from the first state that has changed', async () => {
  const folder = await newFolder();
  const pass = (output: string, next?: string) => ({
    Type: 'Pass',
    Output: output,
    ...(next ? { Next: next } : { End: true }),
  });
  const machine = (second: string) => ({
    QueryLanguage: 'JSONata',
    StartAt: 'First',
    States: {
      First: { ...fetchAll.States.FetchAll, End: undefined, Next: 'Second' },
      Second: pass(second, 'Third'),
      Third: pass('{% $states.input.third %}'),
    },
  });
  const calls: string[] = [];
  const invokeTask: LocalExecutionsOptions['invokeTask'] = async ({ payload }) => {
    calls.push(String((payload as JsonObject).input)); // the envelope of every task
    return 1;
  };
  const before = localExecutions({ folder, invokeTask, definition: machine('{% { "other": 1 } %}') });
  const { name } = await before.start(prices, { items: ['a', 'b'] });
  await ended(before, name);
  const after = localExecutions({ folder, invokeTask, definition: machine('{% { "third": $states.input } %}') });

  await after.redrive(name, { withCurrentDefinition: true });
  await ended(after, name);

  expect(await after.describe(name)).toMatchObject({ status: 'SUCCEEDED', output: [1, 1] });
  expect(calls).toEqual(['a', 'b']);
});

test('refuses to go on at a state that is no more, and leaves the execution as it was', async () => {
  const folder = await newFolder();
  const machine = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Fail', Error: 'Broken' } } });
  const before = localExecutions({ folder, definition: machine('Old') });
  const { name } = await before.start(prices, {});
  await ended(before, name);
  const after = localExecutions({ folder, definition: machine('New') });

  await expect(after.redrive(name, { withCurrentDefinition: true })).rejects.toThrow(
    "the execution cannot go on at state 'Old', which the current definition does not have",
  );
  expect(await after.describe(name)).toMatchObject({ status: 'FAILED', error: 'Broken', redriveCount: 0 });
});
