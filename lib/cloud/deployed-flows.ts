import { paginateListStateMachines, type SFNClient } from '@aws-sdk/client-sfn';
import type { Environment } from '../environment.ts';
import { UsageError } from '../errors.ts';
import { deployedName, stateMachineName } from '../flow/deployed-names.ts';
import { awsCall } from './aws-call.ts';

/** The state machines of an environment, as they are deployed now. */
export interface DeployedFlows {
  /** Of the account they are in. */
  readonly account: string;
  readonly region: string;
  /** ARN by flow name. */
  readonly arns: ReadonlyMap<string, string>;
}

/**
 * Finds an environment's state machines by their names in the account of the credentials.
 *
 * @throws {UsageError} there are none, they lie in another account than the environment's, or AWS refuses
 */
export async function findDeployedFlows(client: SFNClient, environment: Environment): Promise<DeployedFlows> {
  const prefix = stateMachineName(environment.name, '');
  const arns = await awsCall(`look for flows on '${environment.name}'`, target(environment), async () => {
    const found = new Map<string, string>();
    for await (const page of paginateListStateMachines({ client }, {})) {
      for (const { name = '', stateMachineArn = '' } of page.stateMachines ?? []) {
        if (name.startsWith(prefix)) found.set(name.slice(prefix.length), stateMachineArn);
      }
    }
    return found;
  });
  const [arn] = arns.values();
  if (arn === undefined) throw notDeployed(environment);
  const { account, region } = readArn(arn);
  if (environment.account !== undefined && environment.account !== account) {
    throw new UsageError(
      `'${environment.name}' belongs to account ${environment.account}, but these are credentials of ${account}`,
    );
  }
  return { account, region, arns };
}

function notDeployed({ name, region }: Environment): UsageError {
  return new UsageError(
    `no flow is deployed on '${name}': there is no state machine '${deployedName(name)}-…' in ${region}`,
    {
      hint: `deploy them with 'npx cdk deploy --context env=${name}'`,
    },
  );
}

function readArn(arn: string): { region: string; account: string } {
  const [, , , region = '', account = ''] = arn.split(':');
  return { region, account };
}

function target({ name, region }: Environment) {
  return { environment: name, region };
}
