import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { environmentNamed, environments } from '../../lib/environment.ts';
import type { TaskManifest } from '../../lib/flow/flow.ts';
import { EnvironmentStack } from '../../lib/stacks/environment-stack.ts';
import { aFlow, madeUpEnvironment, stubCode, theOnly } from './made-up-environment.ts';
import { permissionsOf } from './permissions.ts';

/** Plum jam in an environment with a warehouse of its own, unless said otherwise. */
function jam(
  tasks: Readonly<Record<string, TaskManifest>> = { Cook: { secrets: ['WAREHOUSE_URL'] } },
  options: { environment?: string; warehouse?: 'aurora' } = { warehouse: 'aurora' },
) {
  const { template, group } = madeUpEnvironment({ ...options, flows: [aFlow({ name: 'plum-jam', tasks })] });
  return { template, fruit: group('fruit') };
}

const kinds = (template: Template) =>
  new Set(Object.values<{ Type: string }>(template.toJSON().Resources).map(({ Type }) => Type));

describe('an environment without a warehouse of its own', () => {
  it('is every one there is, until its row says otherwise', () => {
    expect(environments.filter((environment) => 'warehouse' in environment)).toEqual([]);
  });

  it('has neither a database nor a network, and its tasks are in none', () => {
    const { template, fruit } = jam(undefined, {});

    const types = [...kinds(template), ...kinds(fruit)];
    expect(types.filter((type) => /^AWS::(RDS|EC2|SecretsManager)::/.test(type))).toEqual([]);
    const { Properties } = theOnly(fruit, 'AWS::Lambda::Function');
    expect(Properties).not.toHaveProperty('VpcConfig');
    expect(Properties.Environment).not.toHaveProperty('Variables.WAREHOUSE_URL');
    expect(permissionsOf(fruit, 'lambda.amazonaws.com').filter((one) => /^(rds-db|ec2):/.test(one))).toEqual([]);
  });
});

describe('a warehouse of its own', () => {
  it('sleeps when nobody uses it, takes TLS only, is encrypted, and lets in who IAM lets in', () => {
    const { template } = jam();

    expect(theOnly(template, 'AWS::RDS::DBCluster').Properties).toMatchObject({
      Engine: 'aurora-postgresql',
      ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 4, SecondsUntilAutoPause: 300 },
      StorageEncrypted: true,
      EnableIAMDatabaseAuthentication: true,
      MasterUsername: 'flows',
      MasterUserAuthenticationType: 'iam-db-auth',
    });
    expect(theOnly(template, 'AWS::RDS::DBClusterParameterGroup').Properties.Parameters).toEqual({
      'rds.force_ssl': '1',
    });
    expect(theOnly(template, 'AWS::RDS::DBInstance').Properties).toMatchObject({
      DBInstanceClass: 'db.serverless',
      PubliclyAccessible: false,
    });
  });

  it('has no password, neither in the template nor anywhere that the template points to', () => {
    const { template, fruit } = jam();

    const { Properties } = theOnly(template, 'AWS::RDS::DBCluster');
    expect(Object.keys(Properties).filter((name) => /Password|Secret/.test(name))).toEqual([]);
    for (const one of [template, fruit]) {
      one.resourceCountIs('AWS::SecretsManager::Secret', 0);
      expect(JSON.stringify(one.toJSON())).not.toMatch(/resolve:|MasterUserSecret/);
    }
  });

  it.each([
    { environment: 'dev', policy: 'Delete', isProtected: false, backupDays: 1 },
    { environment: 'prod', policy: 'Snapshot', isProtected: true, backupDays: 7 },
  ])('goes with its stack where data need not be retained: in $environment it has $policy', (row) => {
    const { template } = jam(undefined, { environment: row.environment, warehouse: 'aurora' });

    template.hasResource('AWS::RDS::DBCluster', {
      DeletionPolicy: row.policy,
      UpdateReplacePolicy: row.policy,
      Properties: { DeletionProtection: row.isProtected, BackupRetentionPeriod: row.backupDays },
    });
  });

  it('is in a network that leads nowhere but to the bucket', () => {
    const { template } = jam();

    const types = [...kinds(template)].filter((type) => type.startsWith('AWS::EC2::'));
    expect(types.sort()).toEqual([
      'AWS::EC2::RouteTable',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroupEgress',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::EC2::Subnet',
      'AWS::EC2::SubnetRouteTableAssociation',
      'AWS::EC2::VPC',
      'AWS::EC2::VPCEndpoint',
    ]);
    expect(theOnly(template, 'AWS::EC2::VPCEndpoint').Properties).toMatchObject({ VpcEndpointType: 'Gateway' });
  });

  it('can be reached by tasks at its port, and by nobody else', () => {
    const { template } = jam();

    const { Properties } = theOnly(template, 'AWS::EC2::SecurityGroupIngress');

    expect(Properties).toMatchObject({
      IpProtocol: 'tcp',
      FromPort: 5432,
      ToPort: 5432,
      SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringContaining('WarehouseNetworkTasks'), 'GroupId'] },
    });
    for (const { Properties: group } of Object.values(template.findResources('AWS::EC2::SecurityGroup'))) {
      expect(group).not.toHaveProperty('SecurityGroupIngress');
    }
  });

  it.each<{ name: string; also: TaskManifest; services: string[] }>([
    { name: 'nothing but the warehouse', also: {}, services: [] },
    { name: 'a setting', also: { settings: ['RIPENESS'] }, services: ['ssm'] },
    { name: 'another secret', also: { optionalSecrets: ['SUGAR_API_KEY'] }, services: ['ssm'] },
    { name: 'an artifact that it publishes', also: { writes: ['jam'] }, services: ['events'] },
    { name: 'both', also: { settings: ['RIPENESS'], emits: true }, services: ['ssm', 'events'] },
  ])('has an endpoint, in one zone, for each service that its tasks ask: $name', ({ also, services }) => {
    const { template } = jam({
      Cook: { ...also, secrets: ['WAREHOUSE_URL'] },
      Pick: { settings: ['SEASON'], emits: true },
    });

    const endpoints = Object.values(
      template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Interface' } }),
    ).map(({ Properties }) => [Properties.ServiceName, Properties.PrivateDnsEnabled, Properties.SubnetIds.length]);

    expect(endpoints).toEqual(services.map((service) => [`com.amazonaws.us-east-1.${service}`, true, 1]));
  });

  it('asks no account for its zones when one is given', () => {
    const app = new App();
    const stack = new EnvironmentStack(app, {
      environment: { ...environmentNamed('dev'), account: '123456789012', warehouse: 'aurora' },
      architecture: Architecture.ARM_64,
      flows: [],
      code: stubCode,
    });

    const zones = Object.values(Template.fromStack(stack).findResources('AWS::EC2::Subnet')).map(
      ({ Properties }) => Properties.AvailabilityZone,
    );

    expect(zones).toEqual([0, 1].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })));
    expect(app.synth().manifest.missing).toBeUndefined();
  });
});

describe('a task that uses a warehouse of its own environment', () => {
  const tasks = { Cook: { secrets: ['WAREHOUSE_URL'] }, Pick: { calls: ['PLUM_API_URL'], secrets: ['PLUM_KEY'] } };

  it('alone is in the network, and alone knows the address', () => {
    const { fruit } = jam(tasks);

    fruit.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'DataFlows-dev-plum-jam-Cook',
      VpcConfig: {
        SecurityGroupIds: [{ Ref: Match.stringLikeRegexp('WarehouseNetworkTasks') }],
        SubnetIds: [1, 2].map((zone) => ({ Ref: Match.stringLikeRegexp(`IsolatedSubnet${zone}`) })),
      },
      Environment: {
        Variables: {
          WAREHOUSE_URL: {
            'Fn::Join': [
              '',
              [
                'postgres://flows@',
                { Ref: Match.stringLikeRegexp('EndpointAddress') },
                ':',
                { Ref: Match.stringLikeRegexp('EndpointPort') },
                '/warehouse?auth=iam',
              ],
            ],
          },
        },
      },
    });
    fruit.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'DataFlows-dev-plum-jam-Pick',
      VpcConfig: Match.absent(),
      Environment: { Variables: { WAREHOUSE_URL: Match.absent() } },
    });
  });

  it('may sign in, and read no parameter for it; its code may not touch the network', () => {
    const { fruit } = jam({ Cook: { secrets: ['WAREHOUSE_URL'] } });

    const interfaces = [
      'AssignPrivateIpAddresses',
      'CreateNetworkInterface',
      'DeleteNetworkInterface',
      'DescribeNetworkInterfaces',
      'DescribeSubnets',
      'UnassignPrivateIpAddresses',
    ];
    const itself = 'arn:aws:lambda:us-east-1:{account}:function:DataFlows-dev-plum-jam-Cook';
    expect(permissionsOf(fruit, 'lambda.amazonaws.com').filter((one) => !/^(s3|logs|xray):/.test(one))).toEqual([
      ...interfaces.map((action) => `ec2:${action} on *`),
      ...interfaces.map((action) => `no ec2:${action} on * if lambda:SourceFunctionArn ArnEquals ${itself}`),
      'rds-db:connect on arn:aws:rds-db:us-east-1:{account}:dbuser:{cluster}/flows',
    ]);
  });

  it('may not call a source, which it would not reach', () => {
    const greedy = { Cook: { secrets: ['WAREHOUSE_URL'], calls: ['PLUM_API_URL'] } };

    expect(() => jam(greedy)).toThrow(
      "task 'Cook' of flow 'plum-jam' uses the warehouse and calls PLUM_API_URL; " +
        'from the network of the warehouse no source can be reached',
    );
    expect(() => jam(greedy, {})).not.toThrow();
  });
});
