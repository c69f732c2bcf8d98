import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../lib/errors.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { aCloud, awsError, buildVerra, executionArns, stateMachines, verraData } from './a-cloud.ts';

const clock = fakeClock();

describe('start', () => {
  it("starts the flow's state machine and describes the execution", async () => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    const executionArn = `${executionArns}verra-data:first`;
    stepFunctions.on(StartExecutionCommand).resolves({ executionArn });
    describes('verra-data', 'first', { status: 'RUNNING', stopDate: undefined, output: undefined, input: '{"a":1}' });

    const execution = await executions.start(verraData, { a: 1 }, { executionName: 'first' });

    expect(stepFunctions).toHaveReceivedCommandWith(StartExecutionCommand, {
      stateMachineArn: `${stateMachines}verra-data`,
      input: '{"a":1}',
      name: 'first',
    });
    expect(execution).toEqual({
      name: 'first',
      arn: executionArn,
      flowName: 'verra-data',
      status: 'RUNNING',
      startDate: '2026-11-20T06:33:00.000Z',
      input: { a: 1 },
      redriveCount: 0,
    });
  });

  it('makes a readable name when none is given', async () => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    stepFunctions.on(StartExecutionCommand).resolves({ executionArn: `${executionArns}verra-data:first` });
    describes('verra-data', 'first');

    await executions.start(verraData, {});

    const [call] = stepFunctions.commandCalls(StartExecutionCommand);
    expect(call?.args[0].input.name).toMatch(/^verra-data-[0-9a-f]{12}$/);
  });

  it('gives the execution that has that name and input already', async () => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    stepFunctions.on(StartExecutionCommand).rejects(awsError('ExecutionAlreadyExists'));
    describes('verra-data', 'first', { input: '{"a":1}' });

    const execution = await executions.start(verraData, { a: 1 }, { executionName: 'first' });

    expect(execution).toMatchObject({ name: 'first', status: 'SUCCEEDED' });
  });

  it.each([
    {
      name: 'a name that was used with another input',
      error: 'ExecutionAlreadyExists',
      says: "execution 'first' of verra-data was started before with another input",
    },
    {
      name: 'a name that is not allowed',
      error: 'InvalidName',
      says: "execution name 'first' is not allowed; use 1 to 80 of A-Z a-z 0-9 - _",
    },
    {
      name: 'a right that is missing',
      error: 'AccessDeniedException',
      says: "cannot start verra-data: AWS denies it to these credentials on 'dev' in us-east-1",
    },
    {
      name: 'credentials that have expired',
      error: 'ExpiredTokenException',
      says: 'cannot start verra-data: the AWS credentials are no longer valid',
    },
  ])('says $name in a sentence', async ({ error, says }) => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    stepFunctions.on(StartExecutionCommand).rejects(awsError(error));
    describes('verra-data', 'first', { input: '{"b":2}' });

    const start = executions.start(verraData, { a: 1 }, { executionName: 'first' });

    await expect(start).rejects.toThrow(UsageError);
    await expect(start).rejects.toThrow(says);
  });

  it('names what is deployed when the flow is not', async () => {
    const { executions } = aCloud(clock);

    await expect(executions.start({ ...verraData, name: 'headlines' }, {})).rejects.toThrow(
      "flow 'headlines' is not deployed on 'dev'; deployed are build-verra, verra-data",
    );
  });
});

describe('describe', () => {
  it('finds an execution in whichever flow has it', async () => {
    const { executions, describes } = aCloud(clock);
    describes('verra-data', 'first', {
      status: 'FAILED',
      output: undefined,
      error: 'InvalidDataError',
      cause: 'no rows',
      redriveCount: 2,
    });

    expect(await executions.describe('first')).toMatchObject({
      flowName: 'verra-data',
      status: 'FAILED',
      error: 'InvalidDataError',
      cause: 'no rows',
      redriveCount: 2,
    });
  });

  it('asks once for an execution that it has met before', async () => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    describes('verra-data', 'first');
    await executions.describe('first');
    stepFunctions.resetHistory();

    await executions.describe('first');

    expect(stepFunctions).toHaveReceivedCommandTimes(DescribeExecutionCommand, 1);
  });

  it('says that there is none', async () => {
    await expect(aCloud(clock).executions.describe('nowhere')).rejects.toThrow("unknown execution 'nowhere' on 'dev'");
  });

  it('calls an execution that waits for its redrive running', async () => {
    const { executions, describes } = aCloud(clock);
    describes('verra-data', 'first', { status: 'PENDING_REDRIVE' });

    expect(await executions.describe('first')).toMatchObject({ status: 'RUNNING' });
  });
});

describe('list', () => {
  const listed = (flowName: string, name: string, startsAt: string) => ({
    executionArn: `${executionArns}${flowName}:${name}`,
    stateMachineArn: `${stateMachines}${flowName}`,
    name,
    status: 'SUCCEEDED' as const,
    startDate: new Date(startsAt),
  });

  it('merges the flows newest first, page by page', async () => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    const lists = (flowName: string) =>
      stepFunctions.on(ListExecutionsCommand, { stateMachineArn: `${stateMachines}${flowName}` });
    lists('build-verra').resolves({ executions: [listed('build-verra', 'b1', '2026-11-02T00:00:00Z')] });
    lists('verra-data')
      .resolvesOnce({ executions: [listed('verra-data', 'v2', '2026-11-03T00:00:00Z')], nextToken: 'more' })
      .resolves({ executions: [listed('verra-data', 'v1', '2026-11-01T00:00:00Z')] });
    for (const name of ['v1', 'v2']) describes('verra-data', name);
    describes('build-verra', 'b1');

    const names = (await Array.fromAsync(executions.list())).map(({ name }) => name);

    expect(names).toEqual(['v2', 'b1', 'v1']);
  });

  it('describes no more than what is asked for', async () => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    const three = ['v3', 'v2', 'v1'].map((name) => listed('verra-data', name, '2026-11-03T00:00:00Z'));
    stepFunctions.on(ListExecutionsCommand).resolves({ executions: three });
    for (const name of ['v1', 'v2', 'v3']) describes('verra-data', name);

    for await (const _ of executions.list('verra-data')) break;

    expect(stepFunctions).toHaveReceivedCommandTimes(DescribeExecutionCommand, 1);
  });

  it('is empty for a flow that is not deployed', async () => {
    expect(await Array.fromAsync(aCloud(clock).executions.list('headlines'))).toEqual([]);
  });
});

describe('stop and redrive', () => {
  it('stops with a reason', async () => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    describes('verra-data', 'first', { status: 'RUNNING' });
    stepFunctions.on(StopExecutionCommand).resolves({});

    await executions.stop('first', { error: 'Stopped', cause: 'wrong month' });

    expect(stepFunctions).toHaveReceivedCommandWith(StopExecutionCommand, {
      executionArn: `${executionArns}verra-data:first`,
      error: 'Stopped',
      cause: 'wrong month',
    });
  });

  it('redrives and describes the execution anew', async () => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    describes('verra-data', 'first', { status: 'RUNNING', redriveCount: 1 });
    stepFunctions.on(RedriveExecutionCommand).resolves({});

    expect(await executions.redrive('first')).toMatchObject({ status: 'RUNNING', redriveCount: 1 });
  });

  it('does not redrive with another definition, which Step Functions cannot do', async () => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    describes('verra-data', 'first', { status: 'FAILED' });

    await expect(executions.redrive('first', { withCurrentDefinition: true })).rejects.toThrow(
      "execution 'first' cannot go on with another definition: Step Functions keeps the one it started",
    );
    expect(stepFunctions).not.toHaveReceivedCommand(RedriveExecutionCommand);
  });

  it('says why an execution cannot be redriven', async () => {
    const { executions, stepFunctions, describes } = aCloud(clock);
    describes('verra-data', 'first');
    stepFunctions.on(RedriveExecutionCommand).rejects(awsError('ExecutionNotRedrivable'));

    await expect(executions.redrive('first')).rejects.toThrow("execution 'first' cannot be redriven: it is SUCCEEDED");
  });
});

describe('logs', () => {
  const record = (timestamp: string, message: string) => ({
    message: JSON.stringify({ timestamp, level: 'INFO', message, service: 'data-flows', state: 'PinInputs', rows: 3 }),
  });

  it("reads the log groups of the flow's tasks by the execution's name, oldest line first", async () => {
    const { executions, logs, describes } = aCloud(clock);
    describes('verra-data', 'first');
    const groups = '/DataFlows/dev/verra-data/';
    logs
      .on(FilterLogEventsCommand, { logGroupName: `${groups}PinInputs` })
      .resolvesOnce({ events: [record('2026-11-20T06:33:02.000Z', 'later')], nextToken: 'more' })
      .resolves({ events: [record('2026-11-20T06:33:01.000Z', 'sooner')] })
      .on(FilterLogEventsCommand, { logGroupName: `${groups}BuildVerraData` })
      .rejects(awsError('ResourceNotFoundException'));

    const lines = await Array.fromAsync(executions.logs('first'));

    expect(lines).toEqual([
      {
        timestamp: '2026-11-20T06:33:01.000Z',
        level: 'INFO',
        message: 'sooner',
        state: 'PinInputs',
        fields: { rows: 3 },
      },
      {
        timestamp: '2026-11-20T06:33:02.000Z',
        level: 'INFO',
        message: 'later',
        state: 'PinInputs',
        fields: { rows: 3 },
      },
    ]);
    expect(logs).toHaveReceivedCommandWith(FilterLogEventsCommand, {
      logGroupName: `${groups}PinInputs`,
      filterPattern: '{ $.execution = "first" }',
      startTime: Date.parse('2026-11-20T06:33:00.000Z'),
      endTime: Date.parse('2026-11-20T06:34:04.000Z'),
    });
  });

  it('has none for a flow without tasks', async () => {
    const { executions, describes } = aCloud(clock);
    describes('build-verra', 'first');

    expect(buildVerra.tasks).toEqual({});
    expect(await Array.fromAsync(executions.logs('first'))).toEqual([]);
  });
});
