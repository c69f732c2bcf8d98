import { Arn, ArnFormat, Stack } from 'aws-cdk-lib';
import { type ISecurityGroup, type IVpc, type SubnetSelection, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { warehouseSecret } from '../environment.ts';
import { functionName } from '../flow/deployed-names.ts';
import type { Flow, TaskManifest } from '../flow/flow.ts';
import type { EnvironmentResources } from './resources.ts';
import { refuseCallsBesideWarehouse, usesWarehouse } from './warehouse-tasks.ts';

/** What gets a task's Lambda to the warehouse of its environment. */
export interface WarehouseAccess {
  readonly network: {
    readonly vpc: IVpc;
    readonly vpcSubnets: SubnetSelection;
    readonly securityGroups: ISecurityGroup[];
  };
  /** The address, in which there is no secret. */
  readonly variables: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
}

/**
 * Nothing where the task does not use the warehouse, or the environment has none of its own.
 *
 * @throws {UsageError} the task also calls a source, which it could not reach from there
 */
export function warehouseAccess(
  scope: Construct,
  task: { flow: Flow; taskName: string; manifest: TaskManifest; resources: EnvironmentResources },
): WarehouseAccess | undefined {
  const { flow, taskName, manifest, resources } = task;
  const { warehouse, environment } = resources;
  if (!warehouse || !usesWarehouse(manifest)) return undefined;
  refuseCallsBesideWarehouse(flow, taskName, manifest);
  return {
    network: {
      vpc: warehouse.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [warehouse.securityGroup],
    },
    variables: { [warehouseSecret]: warehouse.url },
    statements: [
      new PolicyStatement({ actions: ['rds-db:connect'], resources: [warehouse.loginArn] }),
      ...networkInterfaces(functionArn(scope, functionName(environment.name, flow.name, taskName))),
    ],
  };
}

/**
 * Lambda makes the interfaces of a function with the function's own role. The code that runs there is denied the same:
 * requests of its own carry the ARN of the function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
function networkInterfaces(functionArn: string): PolicyStatement[] {
  const actions = [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ];
  return [
    new PolicyStatement({ actions, resources: ['*'] }),
    new PolicyStatement({
      effect: Effect.DENY,
      actions,
      resources: ['*'],
      conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
    }),
  ];
}

function functionArn(scope: Construct, resourceName: string): string {
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  return Arn.format({ service: 'lambda', resource: 'function', resourceName, arnFormat }, Stack.of(scope));
}
