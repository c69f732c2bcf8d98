import { Arn, CfnOutput, Duration, Fn, Stack, Tags } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Environment } from '../environment.ts';
import type { FlowDefinition } from '../flow/check-flow.ts';
import { deployedName } from '../flow/deployed-names.ts';
import { AuroraWarehouse } from './aurora-warehouse.ts';
import { FlowGroupStack } from './flow-group-stack.ts';
import { acknowledge } from './policy-checks.ts';
import type { CodeSource, EnvironmentResources } from './resources.ts';
import { ResultBucket } from './result-bucket.ts';

/** All that an environment is made of. */
export interface EnvironmentStackProps {
  readonly environment: Environment;
  readonly architecture: Architecture;
  readonly flows: readonly FlowDefinition[];
  readonly code: CodeSource;
}

/** One environment: what its flows share, and a nested stack for each group of flows. */
export class EnvironmentStack extends Stack {
  readonly groups: readonly FlowGroupStack[];

  constructor(scope: Construct, props: EnvironmentStackProps) {
    const { environment, flows } = props;
    const name = deployedName(environment.name);
    super(scope, name, {
      stackName: name,
      description: `data flows of the environment ${environment.name}`,
      env: { region: environment.region, ...(environment.account && { account: environment.account }) },
      terminationProtection: environment.retainData,
    });
    const resources = sharedResources(this, props);
    const groups = Map.groupBy(flows, ({ flow }) => flow.group);
    this.groups = [...groups].map(
      ([group, definitions]) => new FlowGroupStack(this, group, { group, definitions, resources }),
    );
    // schedules name their group; without this, CloudFormation would not know to make it first
    for (const group of this.groups) group.node.addDependency(resources.scheduleGroup);
    Tags.of(this).add('project', 'data-flows');
    Tags.of(this).add('environment', environment.name);
    new CfnOutput(this, 'ResultsUrl', { value: `s3://${resources.bucket.bucketName}` });
    new CfnOutput(this, 'EventBusName', { value: resources.eventBus.eventBusName });
    new CfnOutput(this, 'AlarmTopicArn', { value: resources.alarmTopic.topicArn });
  }

  /** Two, whichever they are: with an account given, a synth would otherwise ask it for their names. */
  override get availabilityZones(): string[] {
    return [0, 1].map((index) => Fn.select(index, Fn.getAzs()));
  }
}

function sharedResources(stack: Stack, props: EnvironmentStackProps): EnvironmentResources {
  const { environment, architecture, code, flows } = props;
  const name = deployedName(environment.name);
  return {
    environment,
    architecture,
    code,
    bucket: new ResultBucket(stack, 'Results', environment).bucket,
    eventBus: new EventBus(stack, 'EventBus', { eventBusName: name, description: `events of ${environment.name}` }),
    scheduleGroup: new ScheduleGroup(stack, 'ScheduleGroup', { scheduleGroupName: name }),
    deadLetterQueue: deadLetterQueue(stack, deployedName(environment.name, 'missed-starts')),
    alarmTopic: alarmTopic(stack, deployedName(environment.name, 'alarms')),
    ...(environment.warehouse === 'aurora' && {
      warehouse: new AuroraWarehouse(stack, 'Warehouse', { environment, flows: flows.map(({ flow }) => flow) }).own,
    }),
  };
}

function deadLetterQueue(stack: Stack, queueName: string): Queue {
  const queue = new Queue(stack, 'MissedStarts', {
    queueName,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnLike: { 'aws:SourceArn': rulesOf(stack) } },
    }),
  );
  acknowledge(queue, 'SQS3', 'this is the dead-letter queue; EventBridge and its Scheduler fill it');
  return queue;
}

/** Every rule of the account: those of the environment are named by CloudFormation, and some lie on the account's bus. */
function rulesOf(stack: Stack): string {
  return Arn.format({ service: 'events', resource: 'rule', resourceName: '*' }, stack);
}

/** A topic with a policy of its own loses the one by which the account's alarms may use it, so that is said again. */
function alarmTopic(stack: Stack, topicName: string): Topic {
  const topic = new Topic(stack, 'Alarms', { topicName, enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  return topic;
}
