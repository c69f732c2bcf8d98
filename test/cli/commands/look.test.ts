import { describe, expect, it } from 'vitest';
import { cron } from '../../../lib/flow/schedule.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { aHistory, aNestedFlow, aPublication, aTask } from '../a-history.ts';
import { type FakeExecution, fakeExecutions } from '../fake-executions.ts';
import { aFlow, fakeCommandLine } from '../fake-world.ts';

const startDate = '2026-11-20T06:33:00.000Z';
const clock = fakeClock({ startsAt: '2026-11-20T06:35:00.000Z' });
const rawArn = 'arn:aws:states:us-east-1:000000000000:execution:raw-verra-data:raw-1';

const raw: FakeExecution = {
  execution: {
    name: 'raw-1',
    flowName: 'raw-verra-data',
    status: 'SUCCEEDED',
    startDate,
    stopDate: '2026-11-20T06:33:03.000Z',
  },
  history: aHistory(startDate, [
    { type: 'ExecutionStarted' },
    ...aTask('PlanMonths', { tookMs: 20 }),
    { type: 'TaskStateEntered', details: { name: 'Publish' } },
    { type: 'TaskScheduled' },
    { afterMs: 80, type: 'TaskFailed', details: { error: 'SourceUnavailableError', cause: 'no answer' } },
    { afterMs: 1_000, type: 'TaskScheduled' },
    { afterMs: 100, type: 'TaskSucceeded', details: { output: JSON.stringify(aPublication('raw_verra_data')) } },
    { type: 'TaskStateExited', details: { name: 'Publish' } },
    { type: 'ExecutionSucceeded' },
  ]),
  logs: [
    {
      timestamp: '2026-11-20T06:33:00.010Z',
      level: 'INFO',
      message: 'planned',
      state: 'PlanMonths',
      fields: { months: 24 },
    },
    {
      timestamp: '2026-11-20T06:33:00.100Z',
      level: 'ERROR',
      message: 'task failed',
      state: 'Publish',
      fields: { execution: 'raw-1', error: { name: 'SourceUnavailableError', message: 'no answer', stack: 'at x' } },
    },
  ],
};
const build: FakeExecution = {
  execution: {
    name: 'build-1',
    flowName: 'build-verra',
    status: 'FAILED',
    startDate,
    stopDate: '2026-11-20T06:33:04.000Z',
    input: { toMonth: '2024-02' },
    error: 'InvalidDataError',
    cause: "rule 'serials' fails for 3 rows",
    redriveCount: 1,
  },
  history: aHistory(startDate, [
    { type: 'ExecutionStarted' },
    ...aNestedFlow('BuildRawVerraData', rawArn, 3_000),
    { type: 'TaskStateEntered', details: { name: 'BuildVerraData' } },
    { type: 'TaskScheduled' },
    {
      afterMs: 1_000,
      type: 'TaskFailed',
      details: { error: 'InvalidDataError', cause: "rule 'serials' fails for 3 rows" },
    },
    { type: 'ExecutionFailed', details: { error: 'InvalidDataError', cause: "rule 'serials' fails for 3 rows" } },
  ]),
  logs: [{ timestamp: '2026-11-20T06:33:00.050Z', level: 'WARN', message: 'slow', fields: {} }],
};
const running: FakeExecution = {
  execution: { name: 'raw-2', flowName: 'raw-verra-data', status: 'RUNNING', startDate: '2026-11-20T06:34:30.000Z' },
};
const flows = [
  aFlow({ name: 'build-verra', schedules: [cron('15 13 * * ? *')] }),
  aFlow({ name: 'raw-verra-data' }),
  aFlow({
    name: 'headlines',
    group: 'headline-trends',
    schedules: [cron('0 7 ? * MON *', { timeZone: 'Europe/Zurich' })],
  }),
];

function aCommandLine(columns?: number) {
  const executions = fakeExecutions(clock, { past: [running, raw, build], starting: [build] });
  return { executions, ...fakeCommandLine({ flows, executions, clock, ...(columns && { columns }) }) };
}

describe('flow list', () => {
  it('shows schedules with their next time, and the last execution of each flow', async () => {
    const { stdout } = await aCommandLine(100).flow('list');

    expect(stdout).toMatchInlineSnapshot(`
      "flow            group            schedule                     next (UTC)        last execution
      build-verra     carbon-markets   15 13 * * ? *                2026-11-20 13:15  FAILED 2 min ago
      raw-verra-data  carbon-markets   none                         -                 RUNNING just now
      headlines       headline-trends  0 7 ? * MON * Europe/Zurich  2026-11-23 06:00  never

      schedules are switched off on local; next is when they would fire
      "
    `);
  });

  it('names the times plainly where schedules are switched on', async () => {
    const { stdout } = await aCommandLine(120).flow('list', '--env', 'prod');

    expect(stdout).toContain('next (UTC)');
    expect(stdout).not.toContain('switched off');
  });

  it('says the same in one JSON document', async () => {
    const { stdout } = await aCommandLine().flow('list', '--json');

    expect(JSON.parse(stdout)[2]).toEqual({
      name: 'headlines',
      group: 'headline-trends',
      description: 'A flow',
      schedules: [{ cron: '0 7 ? * MON *', timeZone: 'Europe/Zurich', input: {} }],
      schedulesEnabled: false,
      nextFireTime: '2026-11-23T06:00:00.000Z',
      tasks: [],
      artifacts: [],
      lastExecution: null,
    });
  });
});

describe('flow executions', () => {
  it('shows what ran, newest first', async () => {
    const { stdout } = await aCommandLine(100).flow('executions');

    expect(stdout).toMatchInlineSnapshot(`
      "execution  flow            status     started (UTC)          took  error
      raw-2      raw-verra-data  RUNNING    2026-11-20 06:34:30  30.0 s
      raw-1      raw-verra-data  SUCCEEDED  2026-11-20 06:33:00   3.0 s
      build-1    build-verra     FAILED     2026-11-20 06:33:00   4.0 s  InvalidDataError
      "
    `);
  });

  it('keeps to one flow and to the limit', async () => {
    const { stdout } = await aCommandLine().flow('executions', 'raw-verra-data', '--limit', '1', '--json');

    expect(JSON.parse(stdout).map(({ execution }: { execution: string }) => execution)).toEqual(['raw-2']);
  });

  it('says how to begin when a flow has not run yet', async () => {
    const { stdout } = await aCommandLine().flow('executions', 'headlines');

    expect(stdout).toBe("headlines has not run yet; start it with 'flow run headlines'\n");
  });
});

describe('flow show', () => {
  it('shows the states of an execution and of those it started, and why it failed', async () => {
    const { stdout, exitCode } = await aCommandLine(100).flow('show', 'build-1');

    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "build-verra on local, execution build-1
      FAILED, redriven 1×, started 2026-11-20 06:33:00 UTC, ended 2026-11-20 06:33:04 UTC
      input  {"toMonth":"2024-02"}

      ✔ BuildRawVerraData     3.0 s  raw-verra-data
        ✔ PlanMonths         0.02 s
        ✔ Publish             1.2 s  1 retry after SourceUnavailableError
      ✖ BuildVerraData        1.0 s  InvalidDataError

      FAILED in 4.0 s

      state         BuildVerraData
      error         InvalidDataError
      cause         rule 'serials' fails for 3 rows
      look further  flow logs build-1
      try again     flow redrive build-1

      artifact        status      rows    bytes  sha256         time
      raw_verra_data  published  3,012  210 KiB  4af09b12c1d3  1.2 s
        .flow/store/artifacts/raw_verra_data/20261120T063300Z-build-1/data.parquet
      "
    `);
  });

  it('holds every state in its JSON document', async () => {
    const { stdout } = await aCommandLine().flow('show', 'build-1', '--json');

    const { states, status, failure } = JSON.parse(stdout);
    expect({ status, error: failure.error }).toEqual({ status: 'FAILED', error: 'InvalidDataError' });
    expect(states[0].execution.states[1]).toEqual({
      name: 'Publish',
      type: 'Task',
      status: 'SUCCEEDED',
      enteredAt: '2026-11-20T06:33:00.020Z',
      exitedAt: '2026-11-20T06:33:01.200Z',
      attempts: 2,
      failure: { error: 'SourceUnavailableError', cause: 'no answer' },
    });
  });
});

describe('finding an execution', () => {
  it('takes the name of a flow for its newest execution', async () => {
    const { stdout } = await aCommandLine().flow('show', 'raw-verra-data', '--json');

    expect(JSON.parse(stdout)).toMatchObject({ execution: 'raw-2' });
  });

  it.each([
    {
      name: 'a mistyped name',
      argv: ['show', 'buidl-1'],
      says: "unknown execution 'buidl-1'; did you mean 'build-1'?",
    },
    { name: 'a flow that has not run', argv: ['logs', 'headlines'], says: "flow 'headlines' has no execution yet" },
    { name: 'a name like no other', argv: ['redrive', 'something-else'], says: "unknown execution 'something-else'" },
  ])('says what to do about $name', async ({ argv, says }) => {
    const { stderr, exitCode } = await aCommandLine().flow(...argv);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });
});

describe('flow show of an execution whose process was killed', () => {
  const lost = {
    status: 'ABORTED',
    stopDate: '2026-11-20T06:33:00.500Z',
    error: 'Engine.ProcessLost',
    cause: "the process 4711 that ran it ended after event 4; 'flow redrive lost-1' goes on from there",
  } as const;
  const lostArn = rawArn.replace('raw-1', 'lost-2');
  const past: FakeExecution[] = [
    {
      execution: { name: 'lost-1', flowName: 'build-verra', startDate, ...lost },
      history: aHistory(startDate, [
        { type: 'ExecutionStarted' },
        ...aNestedFlow('BuildRawVerraData', lostArn, 0).slice(0, 4),
      ]),
    },
    {
      execution: { name: 'lost-2', flowName: 'raw-verra-data', startDate, ...lost },
      history: aHistory(startDate, [
        { type: 'ExecutionStarted' },
        ...aTask('PlanMonths'),
        { type: 'TaskStateEntered', details: { name: 'Publish' } },
      ]),
    },
  ];

  it('shows where it was, and how to go on', async () => {
    const executions = fakeExecutions(clock, { past });

    const { stdout } = await fakeCommandLine({ flows, executions, clock, columns: 100 }).flow('show', 'lost-1');

    expect(stdout).toMatchInlineSnapshot(`
      "build-verra on local, execution lost-1
      ABORTED, started 2026-11-20 06:33:00 UTC, ended 2026-11-20 06:33:00 UTC
      input  {}

      ⊘ BuildRawVerraData    0.50 s  raw-verra-data
        ✔ PlanMonths         0.10 s
        ⊘ Publish            0.40 s

      ABORTED in 0.50 s

      state         Publish of flow 'raw-verra-data' (execution lost-2)
      error         Engine.ProcessLost
      cause         the process 4711 that ran it ended after event 4; 'flow redrive lost-1' goes on from
                    there
      look further  flow logs lost-2
      try again     flow redrive lost-1
      "
    `);
  });
});

describe('flow logs', () => {
  it('merges what the tasks of an execution and of those it started wrote', async () => {
    const { stdout } = await aCommandLine().flow('logs', 'build-1');

    expect(stdout).toMatchInlineSnapshot(`
      "2026-11-20 06:33:00.010  INFO   raw-verra-data > PlanMonths  planned  months=24
      2026-11-20 06:33:00.050  WARN   build-verra  slow
      2026-11-20 06:33:00.100  ERROR  raw-verra-data > Publish  task failed  error="SourceUnavailableError: no answer"
      "
    `);
  });

  it('says so when nothing was written', async () => {
    const { stdout } = await aCommandLine().flow('logs', 'build-1', '--state', 'Nowhere');

    expect(stdout).toBe("no task of build-1 wrote anything in state 'Nowhere'\n");
  });

  it('keeps to one state', async () => {
    const { stdout } = await aCommandLine().flow('logs', 'build-1', '--state', 'Publish', '--json');

    expect(JSON.parse(stdout)).toEqual([
      {
        timestamp: '2026-11-20T06:33:00.100Z',
        level: 'ERROR',
        message: 'task failed',
        state: 'Publish',
        fields: { execution: 'raw-1', error: { name: 'SourceUnavailableError', message: 'no answer', stack: 'at x' } },
        flowName: 'raw-verra-data',
        executionName: 'raw-1',
      },
    ]);
  });
});

describe('flow stop', () => {
  it('stops what runs and says so', async () => {
    const { flow, executions } = aCommandLine();

    const { stdout, exitCode } = await flow('stop', 'raw-2', '--cause', 'wrong month');

    expect({ stdout, exitCode }).toEqual({ stdout: 'raw-2 of raw-verra-data is ABORTED\n', exitCode: 0 });
    expect(executions.calls).toEqual(['stop raw-2 {"error":"Stopped","cause":"wrong month"}']);
  });

  it('refuses what has ended', async () => {
    const { flow, executions } = aCommandLine();

    const { stderr, exitCode } = await flow('stop', 'raw-1');

    expect({ stderr, exitCode }).toEqual({
      stderr: "flow: execution 'raw-1' does not run any more: it is SUCCEEDED\n",
      exitCode: 2,
    });
    expect(executions.calls).toEqual([]);
  });
});

describe('flow redrive', () => {
  it('takes an execution up again and follows it to its end', async () => {
    const { flow, executions } = aCommandLine();

    const { stdout, exitCode } = await flow('redrive', 'build-1');

    expect(exitCode).toBe(1);
    expect(stdout).toContain('BuildVerraData failed with InvalidDataError');
    expect(executions.calls).toEqual(['redrive build-1']);
  });

  it('goes on with the current definition when it is told to', async () => {
    const { flow, executions } = aCommandLine();

    await flow('redrive', 'build-1', '--with-current-definition');

    expect(executions.calls).toEqual(['redrive build-1 with the current definition']);
  });
});
