import type { SFNClient } from '@aws-sdk/client-sfn';
import { awsCall } from './aws-call.ts';
import type { DeployedFlows } from './deployed-flows.ts';

/** An environment on AWS, and how it is asked. */
export interface Account {
  readonly environment: string;
  readonly deployed: DeployedFlows;
  readonly stepFunctions: SFNClient;
}

/** {@link awsCall} on an environment. */
export async function callOn<T>({ environment, deployed }: Account, doing: string, call: () => Promise<T>): Promise<T> {
  return await awsCall(doing, { environment, region: deployed.region }, call);
}
