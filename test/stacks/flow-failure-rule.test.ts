import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { failedExecution, payloadOnFailure } from '../../lib/task/failed-execution.ts';
import { taskEvent } from '../../lib/task/task-event.ts';
import { aFlow, aslText, lambdaTask, madeUpEnvironment, theOnly } from './made-up-environment.ts';

const jam = {
  ...aFlow({ name: 'plum-jam', tasks: { Cook: {}, Report: {} }, onFailure: 'Report' }),
  aslText: aslText([['Cook', lambdaTask('Cook')]]),
};

const transformed = z.object({
  Targets: z.tuple([
    z.object({
      InputTransformer: z.object({ InputPathsMap: z.record(z.string(), z.string()), InputTemplate: z.string() }),
    }),
  ]),
});

/** An event as the service sends it; it has no cause. */
const event = {
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  detail: {
    executionArn: 'arn:aws:states:us-east-1:123456789012:execution:DataFlows-dev-plum-jam:monday',
    stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:DataFlows-dev-plum-jam',
    name: 'monday',
    status: 'FAILED',
    startDate: 1_551_225_146_847,
    stopDate: 1_551_225_151_881,
    input: '{"plums":"\\"blue\\""}',
    output: null,
    error: 'InvalidDataError',
  },
};

describe('the rule for failures', () => {
  it.each(['dev', 'prod'])('is enabled in %s, whether schedules are or not', (environment) => {
    const { group } = madeUpEnvironment({ environment, flows: [jam] });

    expect(theOnly(group('fruit'), 'AWS::Events::Rule').Properties.State).toBe('ENABLED');
  });

  it('listens on the account’s bus for executions of its flow that fail or time out', () => {
    const { group } = madeUpEnvironment({ flows: [jam] });

    const { EventBusName, EventPattern } = theOnly(group('fruit'), 'AWS::Events::Rule').Properties;

    expect(EventBusName).toBeUndefined();
    expect(EventPattern).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [{ Ref: theOnly(group('fruit'), 'AWS::StepFunctions::StateMachine').id }],
        status: ['FAILED', 'TIMED_OUT'],
      },
    });
  });

  it('calls the task, which lets it in and no other rule, and tries for an hour', () => {
    const { group } = madeUpEnvironment({ flows: [jam] });
    const rule = theOnly(group('fruit'), 'AWS::Events::Rule');
    const report = { 'Fn::GetAtt': [expect.stringContaining('ReportFunction'), 'Arn'] };

    expect(rule.Properties).toMatchObject({
      Targets: [
        {
          Arn: report,
          RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
          DeadLetterConfig: { Arn: { Ref: expect.stringContaining('MissedStarts') } },
        },
      ],
    });
    expect(theOnly(group('fruit'), 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: report,
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [rule.id, 'Arn'] },
    });
  });

  it('hands on what the task takes, in the words in which the engine tells it', () => {
    const { group } = madeUpEnvironment({ flows: [jam] });
    const { Targets } = transformed.parse(theOnly(group('fruit'), 'AWS::Events::Rule').Properties);

    const payload = JSON.parse(filledIn(Targets[0].InputTransformer));

    const { detail } = event;
    expect(payload).toEqual(payloadOnFailure('Report', { ...detail, detail }));
    expect(failedExecution.parse(taskEvent.parse(payload).input)).toMatchObject({ name: 'monday', status: 'FAILED' });
  });

  it('is there for a flow that names a task only', () => {
    const { group } = madeUpEnvironment({ flows: [aFlow({ name: 'plum-jam', tasks: { Cook: {}, Report: {} } })] });

    group('fruit').resourceCountIs('AWS::Events::Rule', 0);
  });

  it('shares one way into the dead-letter queue with every other rule, of which a queue allows ten', () => {
    const flows = Array.from({ length: 12 }, (_, index) => ({ ...jam, flow: { ...jam.flow, name: `jam-${index}` } }));
    const { template } = madeUpEnvironment({ flows });

    const { PolicyDocument } = theOnly(template, 'AWS::SQS::QueuePolicy').Properties;

    expect(PolicyDocument).toMatchObject({
      Statement: [
        { Effect: 'Deny' },
        {
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Principal: { Service: 'events.amazonaws.com' },
          Condition: {
            ArnLike: {
              'aws:SourceArn': {
                'Fn::Join': ['', ['arn:aws:events:us-east-1:', { Ref: 'AWS::AccountId' }, ':rule/*']],
              },
            },
          },
        },
      ],
    });
  });
});

/** The text that EventBridge makes of a template: a placeholder stands for a value as JSON. */
function filledIn({ InputPathsMap, InputTemplate }: z.infer<typeof transformed>['Targets'][0]['InputTransformer']) {
  return InputTemplate.replaceAll(/<([^>]+)>/g, (_, name: string) => {
    const steps = (InputPathsMap[name] ?? '').split('.').slice(1);
    const value = steps.reduce<unknown>((within, step) => Reflect.get(Object(within), step), event);
    return value === undefined ? '' : JSON.stringify(value);
  });
}
