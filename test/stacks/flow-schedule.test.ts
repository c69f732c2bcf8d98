import { describe, expect, it } from 'vitest';
import { cron } from '../../lib/flow/schedule.ts';
import { aFlow, madeUpEnvironment, theOnly } from './made-up-environment.ts';
import { permissionsOf } from './permissions.ts';

const daily = cron('15 6 * * ? *');
const jam = aFlow({ name: 'plum-jam', schedules: [daily] });

describe('a schedule on AWS', () => {
  it.each([
    { environment: 'dev', state: 'DISABLED' },
    { environment: 'prod', state: 'ENABLED' },
  ])('is $state in $environment', ({ environment, state }) => {
    const { group } = madeUpEnvironment({ environment, flows: [jam] });

    expect(theOnly(group('fruit'), 'AWS::Scheduler::Schedule').Properties.State).toBe(state);
  });

  it('fires at the time of its zone, with its input', () => {
    const weekly = cron('0 9 ? * MON *', { timeZone: 'Europe/Zurich', input: { full: true } });
    const { group } = madeUpEnvironment({ flows: [aFlow({ name: 'plum-jam', schedules: [weekly] })] });

    expect(theOnly(group('fruit'), 'AWS::Scheduler::Schedule').Properties).toMatchObject({
      Name: 'plum-jam',
      GroupName: 'DataFlows-dev',
      ScheduleExpression: 'cron(0 9 ? * MON *)',
      ScheduleExpressionTimezone: 'Europe/Zurich',
      Target: { Input: '{"full":true}' },
    });
  });

  it('tries a start again for an hour, then leaves it in the queue of missed starts', () => {
    const { group } = madeUpEnvironment({ flows: [jam] });

    expect(theOnly(group('fruit'), 'AWS::Scheduler::Schedule').Properties.Target).toMatchObject({
      Arn: { Ref: expect.stringContaining('StateMachine') },
      RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
      DeadLetterConfig: { Arn: { Ref: expect.stringContaining('MissedStarts') } },
    });
  });

  it('may start its own flow and nothing else', () => {
    const { group } = madeUpEnvironment({ flows: [jam, aFlow({ name: 'pear-jam' })] });

    expect(permissionsOf(group('fruit'), 'scheduler.amazonaws.com')).toEqual([
      'sqs:SendMessage on {missed-starts}',
      'states:StartExecution on {machine}',
    ]);
  });

  it('is one of several, each with a name, under one role', () => {
    const flow = aFlow({ name: 'plum-jam', schedules: [daily, cron('0 0 1 * ? *')] });

    const template = madeUpEnvironment({ flows: [flow] }).group('fruit');

    const names = Object.values(template.findResources('AWS::Scheduler::Schedule')).map((made) => made.Properties.Name);
    expect(names).toEqual(['plum-jam', 'plum-jam-2']);
    template.resourceCountIs('AWS::IAM::Role', 2);
  });

  it('is not made for a flow without one', () => {
    const { group } = madeUpEnvironment({ flows: [aFlow({ name: 'plum-jam' })] });

    group('fruit').resourceCountIs('AWS::Scheduler::Schedule', 0);
  });
});
