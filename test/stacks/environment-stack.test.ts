import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { aFlow, madeUpEnvironment, theOnly } from './made-up-environment.ts';

const dev = madeUpEnvironment({ environment: 'dev', flows: [aFlow({ name: 'plum-jam', tasks: { Cook: {} } })] });
const prod = madeUpEnvironment({ environment: 'prod', flows: [] });

describe('an environment', () => {
  it('is one stack named after it', () => {
    expect([dev.stack.stackName, prod.stack.stackName]).toEqual(['DataFlows-dev', 'DataFlows-prod']);
  });

  it('cannot be deleted by mistake where its data is retained', () => {
    expect([dev.stack.terminationProtection, prod.stack.terminationProtection]).toEqual([false, true]);
  });

  it('has a nested stack for each group of flows', () => {
    const { stack } = madeUpEnvironment({
      flows: [
        aFlow({ name: 'plum-jam', group: 'fruit' }),
        aFlow({ name: 'pea-soup', group: 'vegetables' }),
        aFlow({ name: 'pear-jam', group: 'fruit' }),
      ],
    });

    expect(stack.groups.map((group) => group.node.id)).toEqual(['fruit', 'vegetables']);
  });

  it('tags everything with the environment, the group and the flow', () => {
    const tags = theOnly(dev.group('fruit'), 'AWS::Lambda::Function').Properties.Tags;

    expect(tags).toEqual([
      { Key: 'environment', Value: 'dev' },
      { Key: 'flow', Value: 'plum-jam' },
      { Key: 'group', Value: 'fruit' },
      { Key: 'project', Value: 'data-flows' },
    ]);
  });

  it('creates no parameter', () => {
    dev.template.resourceCountIs('AWS::SSM::Parameter', 0);
    dev.group('fruit').resourceCountIs('AWS::SSM::Parameter', 0);
  });

  it('keeps missed starts in an encrypted queue that answers over TLS only', () => {
    dev.template.hasResourceProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    dev.template.hasResourceProperties('AWS::SQS::QueuePolicy', { PolicyDocument: deniesPlainHttp('sqs:*') });
  });

  it('lets alarms, and over TLS only, use the topic that tells the operator', () => {
    dev.template.hasResourceProperties('AWS::SNS::TopicPolicy', { PolicyDocument: deniesPlainHttp('sns:Publish') });
    dev.template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'sns:Publish',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Resource: { Ref: theOnly(dev.template, 'AWS::SNS::Topic').id },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  it('has a bus and a group of schedules of its own', () => {
    dev.template.hasResourceProperties('AWS::Events::EventBus', { Name: 'DataFlows-dev' });
    dev.template.hasResourceProperties('AWS::Scheduler::ScheduleGroup', { Name: 'DataFlows-dev' });
  });

  it('has its group of schedules before the flows, which name it but do not refer to it', () => {
    const { id } = theOnly(dev.template, 'AWS::Scheduler::ScheduleGroup');

    dev.template.hasResource('AWS::CloudFormation::Stack', { DependsOn: [id] });
  });
});

describe('the bucket of an environment', () => {
  it('is private, encrypted and versioned', () => {
    dev.template.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: { 'Fn::Join': ['', ['dataflows-dev-', { Ref: 'AWS::AccountId' }, '-us-east-1']] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  it('answers over TLS only', () => {
    dev.template.hasResourceProperties('AWS::S3::BucketPolicy', { PolicyDocument: deniesPlainHttp('s3:*') });
  });

  it.each([
    { environment: 'dev', made: dev, resultDays: 7 },
    { environment: 'prod', made: prod, resultDays: 30 },
  ])('keeps results in $environment for $resultDays days, what was rejected for 30, artifacts for good', (row) => {
    const { LifecycleConfiguration } = theOnly(row.made.template, 'AWS::S3::Bucket').Properties;

    expect(LifecycleConfiguration).toEqual({
      Rules: [
        {
          Id: 'results',
          Status: 'Enabled',
          Prefix: 'results/',
          ExpirationInDays: row.resultDays,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        },
        {
          Id: 'rejected',
          Status: 'Enabled',
          Prefix: 'rejected/',
          ExpirationInDays: 30,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        },
        { Id: 'incomplete-uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
        {
          Id: 'noncurrent-versions',
          Status: 'Enabled',
          ExpiredObjectDeleteMarker: true,
          NoncurrentVersionExpiration: { NoncurrentDays: 30 },
        },
      ],
    });
  });

  it.each([
    { name: 'dev', environment: 'dev', context: {}, policy: 'Retain' },
    { name: 'dev with the flag', environment: 'dev', context: { destroyData: 'true' }, policy: 'Delete' },
    { name: 'prod', environment: 'prod', context: {}, policy: 'Retain' },
    { name: 'prod with the flag', environment: 'prod', context: { destroyData: 'true' }, policy: 'Retain' },
  ])('needs both the environment and a flag to go with its stack: $name gives $policy', (row) => {
    const { template } = madeUpEnvironment(row);

    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: row.policy, UpdateReplacePolicy: row.policy });
  });
});

function deniesPlainHttp(action: string) {
  return Match.objectLike({
    Statement: Match.arrayWith([
      Match.objectLike({
        Action: action,
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]),
  });
}
