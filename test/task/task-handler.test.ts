import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { SourceUnavailableError } from '../../lib/errors.ts';
import type { Json } from '../../lib/json.ts';
import { fixedSource } from '../../lib/secret/fixed-source.ts';
import { defineTask } from '../../lib/task/define-task.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';
import { taskHandler } from '../../lib/task/task-handler.ts';
import { taskPayload, testWorld } from '../support/test-world.ts';

const anything = z.custom<Json>();

/** A task of any shape around a function. */
function taskOf(run: (input: Json, context: TaskContext) => Promise<Json>) {
  return defineTask({ input: anything, output: anything }, run);
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return await promise.then(
    () => Promise.reject(new Error('it succeeded')),
    (error: Error) => error,
  );
}

describe('input and output', () => {
  const double = defineTask(
    { input: z.object({ n: z.int().min(1), by: z.int().default(2) }), output: z.object({ product: z.int() }) },
    async ({ n, by }) => ({ product: n * by }),
  );

  it('gives the task its parsed input and answers its parsed output', async () => {
    expect(await taskHandler(double, testWorld())(taskPayload({ n: 21 }))).toEqual({ product: 42 });
  });

  it('answers null for a task that returns nothing', async () => {
    const nothing = defineTask({ input: anything, output: z.void() }, async () => undefined);

    expect(await taskHandler(nothing, testWorld())(taskPayload({}))).toBeNull();
  });

  it.each<{ name: string; input: Json; message: string }>([
    { name: 'a missing field', input: {}, message: 'the input of TestState is not valid: n: missing, expected number' },
    {
      name: 'a field of another kind',
      input: { n: '21' },
      message: 'the input of TestState is not valid: n: expected number, received string',
    },
    {
      name: 'a value out of bounds',
      input: { n: 0 },
      message: 'the input of TestState is not valid: n: too small: expected number to be >=1',
    },
    {
      name: 'an input that is no object',
      input: [],
      message: 'the input of TestState is not valid: (whole): expected object, received array',
    },
  ])('fails $name as InvalidDataError', async ({ input, message }) => {
    const failure = await failureOf(taskHandler(double, testWorld())(taskPayload(input)));

    expect(failure).toMatchObject({ name: 'InvalidDataError', message });
  });

  it('fails an output that breaks its shape', async () => {
    const failure = await failureOf(taskHandler(double, testWorld())(taskPayload({ n: 1, by: 0.5 })));
    const wrong = defineTask({ input: anything, output: z.object({ rows: z.int() }) }, async () => ({ rows: 0.5 }));

    expect(failure.message).toBe('the input of TestState is not valid: by: expected int, received number');
    expect(await failureOf(taskHandler(wrong, testWorld())(taskPayload({})))).toMatchObject({
      name: 'InvalidDataError',
      message: 'the output of TestState is not valid: rows: expected int, received number',
    });
  });

  it('refuses a payload that no Task state sent', async () => {
    expect(await failureOf(taskHandler(double, testWorld())({ n: 1 }))).toMatchObject({
      name: 'InvalidDataError',
      message:
        'the payload is not { input, context: $states.context }: input: missing; context: missing, expected object',
    });
  });
});

describe('context', () => {
  it('says who is calling', async () => {
    const seen: TaskContext[] = [];
    const look = taskOf(async (_, context) => {
      seen.push(context);
      return null;
    });
    const about = { executionName: 'e-1', stateName: 'Look', retryCount: 2, mapIndex: 7 };

    await taskHandler(look, testWorld())(taskPayload({}, about));
    await taskHandler(look, testWorld())(taskPayload({}));

    expect(seen[0]).toMatchObject({
      environment: 'local',
      flowName: 'test-flow',
      executionName: 'e-1',
      executionStartedAt: new Date('2026-01-01T00:00:00Z'),
      stateName: 'Look',
      attempt: 3,
      mapIndex: 7,
      codeVersion: 'test',
    });
    expect(seen[1]).toMatchObject({ attempt: 1 });
    expect(seen[1]).not.toHaveProperty('mapIndex');
  });

  it('aborts its signal when the execution is stopped', async () => {
    const stop = new AbortController();
    const wait = taskOf(async (_, { clock, signal }) => {
      await clock.sleep(60_000, signal);
      return null;
    });

    const running = taskHandler(wait, testWorld())(taskPayload({}), { signal: stop.signal });
    const failure = failureOf(running);
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('stopped by hand'));

    expect((await failure).message).toBe('stopped by hand');
  });
});

describe('work folder', () => {
  it.each([
    { name: 'succeeds', fails: false },
    { name: 'fails', fails: true },
  ])('is empty at first and gone when the task $name', async ({ fails }) => {
    const folders: string[] = [];
    const write = taskOf(async (_, { workFolder }) => {
      expect(await readdir(workFolder)).toEqual([]);
      await writeFile(join(workFolder, 'x'), 'x');
      folders.push(workFolder);
      if (fails) throw new Error('no');
      return null;
    });
    const handler = taskHandler(write, testWorld());

    await Promise.allSettled([handler(taskPayload({})), handler(taskPayload({}))]);

    expect(new Set(folders).size).toBe(2);
    expect(folders.filter((folder) => existsSync(folder))).toEqual([]);
  });
});

describe('references', () => {
  const textOf = (length: number) =>
    defineTask({ input: anything, output: z.string() }, async () => 'x'.repeat(length));

  it('leave an output of 32 KiB where it is', async () => {
    const world = testWorld();

    // two bytes are the quotes of the JSON text
    expect(await taskHandler(textOf(32 * 1024 - 2), world)(taskPayload({}))).toHaveLength(32 * 1024 - 2);
    expect(await Array.fromAsync(world.artifacts.list(''))).toEqual([]);
  });

  it('stand for a larger one, and the next task sees the output itself, however deep', async () => {
    const world = testWorld();
    const seen: Json[] = [];
    const next = taskOf(async (input) => {
      seen.push(input);
      return null;
    });

    const output = await taskHandler(
      textOf(32 * 1024 - 1),
      world,
    )(taskPayload({}, { stateName: 'Fetch', mapIndex: 3 }));
    await taskHandler(next, world)(taskPayload({ parts: [output, 'small'] }));

    expect(output).toEqual({
      resultReference: {
        key: expect.stringMatching(
          /^results\/test-flow\/2026\/01\/01\/test-execution\/Fetch\/3\/1\.[0-9a-f]{12}\.json$/,
        ),
        bytes: 32 * 1024 + 1,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        contentType: 'application/json',
        expiresAt: '2026-01-08T00:00:00.000Z',
      },
    });
    expect(seen).toEqual([{ parts: ['x'.repeat(32 * 1024 - 1), 'small'] }]);
  });
});

describe('time limit', () => {
  it('stops the task when one second is left, with a name that says so', async () => {
    const signals: AbortSignal[] = [];
    const hang = taskOf(async (_, context) => {
      signals.push(context.signal);
      return await new Promise<Json>(() => {});
    });
    const remaining = { getRemainingTimeInMillis: () => 1001 };

    const failure = await failureOf(taskHandler(hang, testWorld())(taskPayload({}), remaining));

    expect(failure).toMatchObject({
      name: 'TaskTimeoutError',
      message: expect.stringContaining('raise timeoutSeconds'),
    });
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
  });
});

describe('failures', () => {
  it('pass with their class, message and cause, and are logged once', async () => {
    const world = testWorld();
    const error = new SourceUnavailableError('the source is down', { cause: new Error('connection refused') });

    const failure = await failureOf(
      taskHandler(
        taskOf(() => Promise.reject(error)),
        world,
      )(taskPayload({})),
    );

    expect(failure).toBe(error);
    expect(world.logs.map(({ level, message, fields }) => ({ level, message, error: fields.error }))).toEqual([
      {
        level: 'ERROR',
        message: 'task failed',
        error: expect.objectContaining({
          name: 'SourceUnavailableError',
          message: 'the source is down',
          cause: expect.objectContaining({ message: 'connection refused' }),
        }),
      },
    ]);
  });

  it('keep the stack of a bug', async () => {
    const bug = taskOf(async () => {
      throw new TypeError('x is undefined');
    });

    const failure = await failureOf(taskHandler(bug, testWorld())(taskPayload({})));

    expect(failure).toBeInstanceOf(TypeError);
    expect(failure.stack).toContain('task-handler.test.ts');
  });
});

describe('log', () => {
  it('carries who logs, on every line, also of tasks side by side and of child loggers', async () => {
    const world = testWorld();
    const talk = taskOf(async (input, { log }) => {
      log.appendKeys({ input });
      await new Promise((resolve) => setImmediate(resolve));
      log.info('from the task', { rows: 3 });
      log.createChild().warn('from a child');
      return null;
    });
    const handler = taskHandler(talk, world);

    await Promise.all([
      handler(taskPayload('a', { stateName: 'A', mapIndex: 0 })),
      handler(taskPayload('b', { stateName: 'B', retryCount: 1 })),
    ]);

    const keysOf = { flow: 'test-flow', execution: 'test-execution' };
    expect(world.logs.filter((line) => line.state === 'A')).toMatchObject([
      {
        timestamp: '2026-01-01T00:00:00.000Z',
        level: 'INFO',
        message: 'from the task',
        state: 'A',
        fields: { ...keysOf, attempt: 1, mapIndex: 0, input: 'a', rows: 3 },
      },
      { level: 'WARN', message: 'from a child', fields: { ...keysOf, attempt: 1, mapIndex: 0, input: 'a' } },
      { level: 'INFO', message: 'task succeeded', fields: { durationMs: 0 } },
    ]);
    expect(world.logs.filter((line) => line.state === 'B')).toMatchObject([
      { message: 'from the task', fields: { ...keysOf, attempt: 2, input: 'b' } },
      { message: 'from a child', fields: { ...keysOf, attempt: 2, input: 'b' } },
      { message: 'task succeeded' },
    ]);
  });
});

describe('secrets', () => {
  const secrets = fixedSource({ API_KEY: 'k&y-123456' });
  const leakTo = (leak: (key: string, context: TaskContext) => Json) =>
    taskOf(async (_, context) => leak(await context.secrets.get('API_KEY'), context));

  it('do not reach the log', async () => {
    const world = testWorld({ secrets });
    const leak = leakTo((key, { log }) => {
      log.info(`using ${key}`, { url: `https://x/?key=${encodeURIComponent(key)}`, nested: { key: [key] } });
      log.error('failed', new Error(`refused ${key}`));
      return null;
    });

    await taskHandler(leak, world)(taskPayload({}));

    expect(JSON.stringify(world.logs)).not.toMatch(/123456/);
    expect(world.logs[0]).toMatchObject({
      message: 'using [API_KEY]',
      fields: { url: 'https://x/?key=[API_KEY]', nested: { key: ['[API_KEY]'] } },
    });
  });

  it('do not leave in an error, its stack or its causes', async () => {
    const leak = leakTo((key) => {
      throw new SourceUnavailableError(`no answer for ${key}`, { cause: new Error(`refused ${key}`) });
    });

    const failure = await failureOf(taskHandler(leak, testWorld({ secrets }))(taskPayload({})));

    expect(failure).toMatchObject({
      name: 'SourceUnavailableError',
      message: 'no answer for [API_KEY]',
      cause: { message: 'refused [API_KEY]' },
    });
    expect(`${failure.stack}${(failure.cause as Error).stack}`).not.toMatch(/123456/); // it is the Error made above
  });

  it('do not leave in an output', async () => {
    const leak = leakTo((key) => ({ url: `https://x/?key=${key}` }));

    const failure = await failureOf(taskHandler(leak, testWorld({ secrets }))(taskPayload({})));

    expect(failure.message).toBe('the output of TestState holds a secret: {"url":"https://x/?key=[API_KEY]"}');
  });
});
