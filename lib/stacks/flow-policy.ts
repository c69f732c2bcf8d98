import { Arn, ArnFormat, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FlowDefinition } from '../flow/check-flow.ts';
import { stateMachineName } from '../flow/deployed-names.ts';
import { type FlowReferences, stateMachineArn } from './flow-references.ts';
import type { EnvironmentResources } from './resources.ts';

/**
 * What a flow's state machine may do: call what its definition names, and write its own log and traces.
 *
 * Pure: what a definition names in, statements out.
 */
export function flowStatements(
  stack: Stack,
  definition: FlowDefinition,
  { references, resources }: { references: FlowReferences; resources: EnvironmentResources },
): PolicyStatement[] {
  const { functionArns, flowNames, usesEventBus } = references;
  return [
    ...(functionArns.length > 0 ? [allow(['lambda:InvokeFunction'], functionArns)] : []),
    ...flowNames.flatMap((flowName) => nestedFlow(stack, resources.environment.name, flowName)),
    ...(usesEventBus ? [allow(['events:PutEvents'], [resources.eventBus.eventBusArn])] : []),
    ...(hasDistributedMap(definition.aslText) ? distributedMap(stack, definition, resources) : []),
    allow(logDelivery, ['*']),
    allow(tracing, ['*']),
  ];
}

const managedRule = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';

/** Starts a flow and waits for it: Step Functions watches through a rule that it manages itself. */
function nestedFlow(stack: Stack, environment: string, flowName: string): PolicyStatement[] {
  return [
    allow(['states:StartExecution'], [stateMachineArn(stack, environment, flowName)]),
    allow(
      ['states:DescribeExecution', 'states:StopExecution'],
      [executionArn(stack, `${stateMachineName(environment, flowName)}:*`)],
    ),
    allow(
      ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      [Arn.format({ service: 'events', resource: 'rule', resourceName: managedRule }, stack)],
    ),
  ];
}

/** A distributed Map runs its iterations as executions of its own machine, and leaves its files among its results. */
function distributedMap(stack: Stack, { flow }: FlowDefinition, { environment, bucket }: EnvironmentResources) {
  return [
    allow(['states:StartExecution'], [stateMachineArn(stack, environment.name, flow.name)]),
    allow(
      ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
      [executionArn(stack, `${stateMachineName(environment.name, flow.name)}/*:*`)],
    ),
    allow(['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects(`results/${flow.name}/*`)]),
  ];
}

function executionArn(stack: Stack, resourceName: string): string {
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  return Arn.format({ service: 'states', resource: 'execution', resourceName, arnFormat }, stack);
}

function hasDistributedMap(aslText: string): boolean {
  return /"Mode"\s*:\s*"DISTRIBUTED"/.test(aslText);
}

function allow(actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources] });
}

/**
 * These actions take no resource.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy
 */
const logDelivery = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

const tracing = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];
