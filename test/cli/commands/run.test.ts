import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fakeClock } from '../../support/fake-clock.ts';
import { aHistory, aNestedFlow, aPublication, aTask } from '../a-history.ts';
import { type FakeExecution, fakeExecutions } from '../fake-executions.ts';
import { aFlow, fakeCommandLine } from '../fake-world.ts';

const startDate = '2026-11-20T06:33:00.000Z';
const childArn = 'arn:aws:states:us-east-1:000000000000:execution:raw-verra-data:raw-1';

function months(count: number) {
  const map = 2;
  return Array.from({ length: count }, (_, index) => [
    { type: 'MapIterationStarted', details: { name: 'FetchMonths', index }, follows: map + 1 },
    ...aTask('FetchMonth', { tookMs: 50 }),
    { type: 'MapIterationSucceeded', details: { name: 'FetchMonths', index } },
  ]).flat();
}

const child: FakeExecution = {
  execution: { name: 'raw-1', flowName: 'raw-verra-data', startDate, stopDate: '2026-11-20T06:33:01.500Z' },
  history: aHistory(startDate, [
    { type: 'ExecutionStarted' },
    { type: 'MapStateEntered', details: { name: 'FetchMonths' } },
    { type: 'MapStateStarted', details: { length: 24 } },
    ...months(24),
    { type: 'MapStateSucceeded' },
    { type: 'MapStateExited', details: { name: 'FetchMonths' } },
    ...aTask('Publish', { tookMs: 300, answer: aPublication('raw_verra_data') }),
    { type: 'ExecutionSucceeded' },
  ]),
};

function aBuild(answer = aPublication('verra_data_v2', { rows: 2_990, bytes: 1_468_006 })): FakeExecution {
  return {
    execution: {
      name: 'build-1',
      flowName: 'build-verra',
      startDate,
      stopDate: '2026-11-20T06:33:02.400Z',
      output: { artifacts: 2 },
    },
    history: aHistory(startDate, [
      { type: 'ExecutionStarted' },
      ...aNestedFlow('BuildRawVerraData', childArn, 1_500),
      ...aTask('BuildVerraData', { tookMs: 900, answer }),
      { type: 'ExecutionSucceeded' },
    ]),
  };
}

const flows = [
  aFlow({ name: 'build-verra', input: z.looseObject({}) }),
  aFlow({ name: 'raw-verra-data', input: z.strictObject({}) }),
];

function aCommandLine(build: FakeExecution, columns?: number, past: readonly FakeExecution[] = [child]) {
  const clock = fakeClock({ startsAt: startDate, autoAdvance: true });
  const executions = fakeExecutions(clock, { past, starting: [build] });
  return { executions, ...fakeCommandLine({ flows, executions, clock, ...(columns && { columns }) }) };
}

describe('a run that succeeds', () => {
  it('writes one line per state into a pipe, and then the result', async () => {
    const { stdout, exitCode } = await aCommandLine(aBuild()).flow('run', 'build-verra');

    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "build-verra on local, execution build-1
      source: the sample server at http://127.0.0.1:4000; --live asks the real one

      06:33:00  BuildRawVerraData entered
      06:33:00  BuildRawVerraData > FetchMonths entered
      06:33:00  BuildRawVerraData > FetchMonths 3/24
      06:33:00  BuildRawVerraData > FetchMonths 6/24
      06:33:00  BuildRawVerraData > FetchMonths 9/24
      06:33:00  BuildRawVerraData > FetchMonths 12/24
      06:33:00  BuildRawVerraData > FetchMonths 15/24
      06:33:00  BuildRawVerraData > FetchMonths 18/24
      06:33:01  BuildRawVerraData > FetchMonths 21/24
      06:33:01  BuildRawVerraData > FetchMonths 24/24
      06:33:01  BuildRawVerraData > FetchMonths exited after 1.2 s
      06:33:01  BuildRawVerraData > Publish entered
      06:33:01  BuildRawVerraData > Publish exited after 0.30 s
      06:33:01  BuildRawVerraData exited after 1.5 s
      06:33:01  BuildVerraData entered
      06:33:02  BuildVerraData exited after 0.90 s

      SUCCEEDED in 2.4 s

      output  {"artifacts":2}

      artifact        status      rows    bytes  sha256          time
      raw_verra_data  published  3,012  210 KiB  4af09b12c1d3  0.30 s
        .flow/store/artifacts/raw_verra_data/20261120T063300Z-build-1/data.parquet
      verra_data_v2   published  2,990  1.4 MiB  4af09b12c1d3  0.90 s
        .flow/store/artifacts/verra_data_v2/20261120T063300Z-build-1/data.parquet
      "
    `);
  });

  it.each([100, 80])('leaves the tree of states and the result on a terminal of %i columns', async (columns) => {
    const { stdout } = await aCommandLine(aBuild(), columns).flow('run', 'build-verra');

    const lastFrame = stdout.slice(stdout.lastIndexOf('\u001b[J') + '\u001b[J'.length);
    expect(lastFrame).toMatchSnapshot();
    expect(
      Math.max(
        ...lastFrame
          .split('\n')
          .filter((line) => !line.includes('.flow/store'))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(columns);
  });

  it('says plainly that nothing new was published when the source has not changed', async () => {
    const unchanged = { status: 'unchanged', version: '20261119T131500Z-build-0' };
    const before: FakeExecution = {
      ...child,
      history: aHistory(startDate, [
        { type: 'ExecutionStarted' },
        ...aTask('Publish', { answer: aPublication('raw_verra_data', unchanged) }),
        { type: 'ExecutionSucceeded' },
      ]),
    };

    const { stdout } = await aCommandLine(aBuild(aPublication('verra_data_v2', unchanged)), 100, [before]).flow(
      'run',
      'build-verra',
    );

    expect(stdout).toContain('unchanged since 2026-11-19 13:15');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'nothing new was published: the source has not changed since 2026-11-19 13:15 (same content hash)',
    );
  });

  it('prints one JSON document with status, output, error, duration and every artifact', async () => {
    const { stdout } = await aCommandLine(aBuild(), 100).flow('run', 'build-verra', '--json');

    const document = z.strictObject({
      execution: z.literal('build-1'),
      flow: z.literal('build-verra'),
      environment: z.literal('local'),
      status: z.literal('SUCCEEDED'),
      startDate: z.literal(startDate),
      stopDate: z.iso.datetime(),
      durationSeconds: z.literal(2.4),
      error: z.null(),
      cause: z.null(),
      redriveCount: z.literal(0),
      source: z.strictObject({ kind: z.literal('samples'), url: z.url() }),
      input: z.strictObject({}),
      output: z.strictObject({ artifacts: z.literal(2) }),
      failure: z.null(),
      artifacts: z.array(
        z.strictObject({
          artifact: z.string(),
          flow: z.string(),
          status: z.enum(['published', 'unchanged']),
          version: z.string(),
          rows: z.int(),
          bytes: z.int(),
          sha256: z.string().length(64),
          rowsSha256: z.string().length(64),
          key: z.string(),
          url: z.url(),
          durationSeconds: z.number(),
        }),
      ),
    });
    const { artifacts } = document.parse(JSON.parse(stdout));
    expect(artifacts.map(({ artifact, flow, durationSeconds }) => [artifact, flow, durationSeconds])).toEqual([
      ['raw_verra_data', 'raw-verra-data', 0.3],
      ['verra_data_v2', 'build-verra', 0.9],
    ]);
  });

  it('hands on the input and the name', async () => {
    const { flow, executions } = aCommandLine(aBuild());

    await flow('run', 'build-verra', '--input', '{"toMonth":"2024-02"}', '--name', 'my-build');

    expect(executions.calls).toEqual(['start build-verra {"toMonth":"2024-02"} as my-build']);
  });

  it.each([
    { name: 'alone', args: ['--dry-run'], input: '{"dryRun":true}' },
    {
      name: 'beside other input',
      args: ['--input', '{"toMonth":"2024-02"}', '--dry-run'],
      input: '{"toMonth":"2024-02","dryRun":true}',
    },
  ])('makes --dry-run, $name, a part of the input', async ({ args, input }) => {
    const { flow, executions } = aCommandLine(aBuild());

    await flow('run', 'build-verra', ...args, '--name', 'my-build');

    expect(executions.calls).toEqual([`start build-verra ${input} as my-build`]);
  });

  it('refuses --dry-run for a flow that does not know it', async () => {
    const { flow, executions } = aCommandLine(aBuild());

    const { stderr, exitCode } = await flow('run', 'raw-verra-data', '--dry-run');

    expect([exitCode, executions.calls]).toEqual([2, []]);
    expect(stderr).toContain("'dryRun' is not known");
  });

  it('says that nothing was started when the name was used before with this input', async () => {
    const before: FakeExecution = {
      ...aBuild(),
      execution: { ...aBuild().execution, startDate: '2026-11-20T06:00:00.000Z', stopDate: '2026-11-20T06:00:02.000Z' },
    };

    const { stdout, exitCode } = await aCommandLine(before).flow('run', 'build-verra', '--name', 'build-1');

    expect(exitCode).toBe(0);
    expect(stdout).toContain('it ran before, under this name and with this input; nothing was started');
  });

  it('returns at once with --no-follow on AWS', async () => {
    const started: FakeExecution = { execution: { name: 'build-1', flowName: 'build-verra', status: 'RUNNING' } };

    const { stdout, exitCode } = await aCommandLine(started).flow('run', 'build-verra', '--env', 'dev', '--no-follow');

    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      'started execution build-1 of build-verra on dev\nflow show build-1 --env dev  shows how it goes\n',
    );
  });
});

describe('a run that fails', () => {
  const cause = JSON.stringify({
    errorType: 'InvalidDataError',
    errorMessage: "rule 'serials' fails for 3 rows",
    trace: [],
  });
  const failing: FakeExecution = {
    execution: {
      name: 'build-1',
      flowName: 'build-verra',
      status: 'FAILED',
      startDate,
      stopDate: '2026-11-20T06:33:01.000Z',
      error: 'States.TaskFailed',
      cause: '{"Status":"FAILED"}',
    },
    history: aHistory(startDate, [
      { type: 'ExecutionStarted' },
      ...aNestedFlow('BuildRawVerraData', childArn, 0).slice(0, 4),
      { afterMs: 1_000, type: 'TaskFailed', details: { error: 'States.TaskFailed', cause: '{"Status":"FAILED"}' } },
      { type: 'ExecutionFailed', details: { error: 'States.TaskFailed', cause: '{"Status":"FAILED"}' } },
    ]),
  };
  const failingChild: FakeExecution = {
    execution: { ...child.execution, status: 'FAILED' },
    history: aHistory(startDate, [
      { type: 'ExecutionStarted' },
      ...aTask('PlanMonths'),
      { type: 'TaskStateEntered', details: { name: 'Publish' } },
      { type: 'TaskScheduled', details: { resourceType: 'lambda' } },
      { afterMs: 10, type: 'TaskFailed', details: { error: 'SourceUnavailableError', cause: 'no answer' } },
      { afterMs: 30_000, type: 'TaskScheduled', details: { resourceType: 'lambda' } },
      { afterMs: 10, type: 'TaskFailed', details: { error: 'InvalidDataError', cause } },
      { type: 'ExecutionFailed', details: { error: 'InvalidDataError', cause } },
    ]),
  };

  it('names the innermost state, its error and cause, and the commands that lead on', async () => {
    const { stdout, exitCode } = await aCommandLine(failing, undefined, [failingChild]).flow('run', 'build-verra');

    expect(exitCode).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "build-verra on local, execution build-1
      source: the sample server at http://127.0.0.1:4000; --live asks the real one

      06:33:00  BuildRawVerraData entered
      06:33:00  BuildRawVerraData > PlanMonths entered
      06:33:00  BuildRawVerraData > PlanMonths exited after 0.10 s
      06:33:00  BuildRawVerraData > Publish entered
      06:33:00  BuildRawVerraData > Publish failed with SourceUnavailableError: no answer
      06:33:30  BuildRawVerraData > Publish tries again (2)
      06:33:30  BuildRawVerraData > Publish failed with InvalidDataError: rule 'serials' fails for 3 rows
      06:33:01  BuildRawVerraData failed with States.TaskFailed: {"Status":"FAILED"}

      FAILED in 1.0 s

      state         Publish of flow 'raw-verra-data' (execution raw-1)
      error         InvalidDataError
      cause         rule 'serials' fails for 3 rows
      look further  flow logs raw-1
      try again     flow redrive build-1
      "
    `);
  });

  it('says so in the JSON document as well', async () => {
    const { stdout, exitCode } = await aCommandLine(failing, 100, [failingChild]).flow('run', 'build-verra', '--json');

    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).failure).toEqual({
      executionName: 'raw-1',
      flowName: 'raw-verra-data',
      stateName: 'Publish',
      error: 'InvalidDataError',
      cause: "rule 'serials' fails for 3 rows",
    });
  });
});

describe('Ctrl-C', () => {
  const endless: FakeExecution = {
    execution: { name: 'build-1', flowName: 'build-verra', status: 'RUNNING', startDate },
    history: aHistory(startDate, [
      { type: 'ExecutionStarted' },
      { type: 'TaskStateEntered', details: { name: 'BuildRawVerraData' } },
    ]),
  };

  it('stops the execution, waits for its history to close and exits 1 without a stack trace', async () => {
    const { flow, executions, interrupt } = aCommandLine(endless);
    const running = flow('run', 'build-verra');
    await executions.waiting;

    expect(interrupt()).toBe(true);
    const { stdout, stderr, exitCode } = await running;

    expect(exitCode).toBe(1);
    expect(executions.calls).toEqual([
      'start build-verra {}',
      'stop build-1 {"error":"Interrupted","cause":"stopped with Ctrl-C"}',
    ]);
    expect(stderr).toBe('stopping the execution; press Ctrl-C again to leave at once\n');
    expect(stdout).toContain('ABORTED in');
    expect(stdout).toContain('stopped with Ctrl-C');
  });

  it('says so below the tree where one is drawn, instead of tearing it', async () => {
    const { flow, executions, interrupt } = aCommandLine(endless, 80);
    const running = flow('run', 'build-verra');
    await executions.waiting;

    interrupt();
    const { stdout, stderr } = await running;

    expect(stderr).toBe('');
    const [lastFrame = ''] = stdout.split('\u001b[J').slice(-1);
    expect(lastFrame).toMatchInlineSnapshot(`
      "⊘ BuildRawVerraData    0.00 s

      ABORTED in 0.00 s

      state         BuildRawVerraData
      error         Interrupted
      cause         stopped with Ctrl-C
      look further  flow logs build-1
      try again     flow redrive build-1
      "
    `);
  });

  it('leaves a second Ctrl-C to the terminal, which ends the process', async () => {
    const { flow, executions, interrupt } = aCommandLine(endless);
    const running = flow('run', 'build-verra');
    await executions.waiting;

    interrupt();

    expect(interrupt()).toBe(false);
    await running;
  });

  it('reports a stop that is refused instead of following for ever', async () => {
    const clock = fakeClock({ startsAt: startDate });
    const executions = fakeExecutions(clock, { starting: [endless] });
    const refusing = { ...executions, stop: () => Promise.reject(new Error('no right to stop')) };
    const { flow, interrupt } = fakeCommandLine({ flows, executions: refusing, clock });
    const running = flow('run', 'build-verra');
    await executions.waiting;

    interrupt();

    expect(await running).toMatchObject({ exitCode: 70, stderr: expect.stringContaining('no right to stop') });
  });
});
