import { Arn, ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type ISecurityGroup, Port, SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  AuroraPostgresEngineVersion,
  CfnDBCluster,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseClusterEngine,
} from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { Environment } from '../environment.ts';
import type { Flow } from '../flow/flow.ts';
import { acknowledge } from './policy-checks.ts';
import type { OwnWarehouse } from './resources.ts';
import { WarehouseNetwork } from './warehouse-network.ts';
import { askedServices } from './warehouse-tasks.ts';

const user = 'flows';
const database = 'warehouse';
/** Each is 2 GiB of memory and the processors that go with it. */
const mostCapacityUnits = 4;
const idleMinutes = 5;
const backupDays = { retained: 7, disposable: 1 } as const;

/** An Aurora PostgreSQL that sleeps while nobody is connected, in a network of its own; who may sign in is up to IAM. */
export class AuroraWarehouse extends Construct {
  readonly own: OwnWarehouse;

  constructor(
    scope: Construct,
    id: string,
    { environment, flows }: { readonly environment: Environment; readonly flows: readonly Flow[] },
  ) {
    super(scope, id);
    const network = new WarehouseNetwork(this, 'Network', { asked: askedServices(flows) });
    const door = network.openedToTasks('Door', Port.POSTGRES);
    network.tasks.addEgressRule(door, Port.POSTGRES, 'to the warehouse');
    const cluster = auroraCluster(this, { network, door, environment });
    this.own = {
      url: `postgres://${user}@${cluster.clusterEndpoint.socketAddress}/${database}?auth=iam`,
      loginArn: loginArn(cluster),
      vpc: network.vpc,
      securityGroup: network.tasks,
    };
  }
}

function auroraCluster(
  scope: Construct,
  about: { network: WarehouseNetwork; door: ISecurityGroup; environment: Environment },
): DatabaseCluster {
  const { network, door, environment } = about;
  const { retainData } = environment;
  const cluster = new DatabaseCluster(scope, 'Cluster', {
    engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_7 }),
    writer: ClusterInstance.serverlessV2('Writer'),
    serverlessV2MinCapacity: 0,
    serverlessV2MaxCapacity: mostCapacityUnits,
    serverlessV2AutoPauseDuration: Duration.minutes(idleMinutes),
    vpc: network.vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [door],
    defaultDatabaseName: database,
    parameters: { 'rds.force_ssl': '1' },
    storageEncrypted: true,
    iamAuthentication: true,
    credentials: Credentials.fromUsername(user),
    manageMasterUserPassword: true,
    backup: { retention: Duration.days(retainData ? backupDays.retained : backupDays.disposable) },
    copyTagsToSnapshot: true,
    deletionProtection: retainData,
    removalPolicy: retainData ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY,
  });
  signInByIamOnly(cluster);
  if (!retainData) acknowledge(cluster, 'RDS10', 'what is in it can be loaded again, and goes with its stack');
  return cluster;
}

/** The construct knows passwords only, made or managed; with this there is none, in the template or anywhere else. */
function signInByIamOnly(cluster: DatabaseCluster): void {
  const resource = cluster.node.defaultChild;
  if (!(resource instanceof CfnDBCluster)) throw new Error('a cluster of the construct library has another shape now');
  resource.manageMasterUserPassword = undefined;
  resource.masterUserAuthenticationType = 'iam-db-auth';
}

/** What a role is allowed, so that it may sign in as the user. */
function loginArn(cluster: DatabaseCluster): string {
  return Arn.format(
    {
      service: 'rds-db',
      resource: 'dbuser',
      resourceName: `${cluster.clusterResourceIdentifier}/${user}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    },
    Stack.of(cluster),
  );
}
