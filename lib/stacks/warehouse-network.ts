import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  type ISecurityGroup,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { acknowledge } from './policy-checks.ts';
import type { AskedService } from './warehouse-tasks.ts';

const endpoints = {
  ssm: InterfaceVpcEndpointAwsService.SSM,
  events: InterfaceVpcEndpointAwsService.EVENTBRIDGE,
} as const satisfies Record<AskedService, InterfaceVpcEndpointAwsService>;

/** Where the warehouse is, and the tasks that use it: two zones, without a way to the internet or from it. */
export class WarehouseNetwork extends Construct {
  readonly vpc: Vpc;
  /** Of the tasks: it lets them out to the bucket and to the services asked, by TLS. */
  readonly tasks: ISecurityGroup;

  constructor(scope: Construct, id: string, { asked }: { readonly asked: readonly AskedService[] }) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.0.0.0/24'),
      // a database wants two, and so does a Lambda that should outlive the loss of one
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
      // nothing is in it; closing it would take a Lambda
      restrictDefaultSecurityGroup: false,
    });
    acknowledge(this.vpc, 'VPC7', 'nothing but tasks and their warehouse is in it, and it leads nowhere');
    this.tasks = this.#securityGroup('Tasks', 'tasks that use the warehouse');
    this.tasks.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'to the bucket and the endpoints; there is no other way out');
    for (const service of asked) this.#endpoint(service);
  }

  /** A group that lets the tasks in at a port, and nobody out. */
  openedToTasks(name: string, port: Port): ISecurityGroup {
    const group = this.#securityGroup(name, `what tasks reach: ${name}`);
    group.addIngressRule(this.tasks, port, 'from the tasks');
    return group;
  }

  #securityGroup(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false });
  }

  /** In one zone only, as each costs by the hour; the other zone reaches it, too. */
  #endpoint(service: AskedService): void {
    this.vpc.addInterfaceEndpoint(service, {
      service: endpoints[service],
      subnets: { subnets: this.vpc.isolatedSubnets.slice(0, 1) },
      securityGroups: [this.openedToTasks(`${service}-endpoint`, Port.HTTPS)],
      open: false,
    });
  }
}
