import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Clock } from '../clock.ts';
import type { Environment } from '../environment.ts';
import type { Executions } from '../execution/executions.ts';
import { resultBucketName } from '../flow/deployed-names.ts';
import type { Flow } from '../flow/flow.ts';
import { cloudExecutions } from './cloud-executions.ts';
import { findDeployedFlows } from './deployed-flows.ts';

/** What an environment on AWS offers. */
export interface Cloud {
  readonly executions: Executions;
  /** `s3://…` of its result bucket. */
  readonly storeUrl: string;
}

/**
 * Connects to an environment on AWS, with the credentials and the `AWS_ENDPOINT_URL` that the AWS libraries find.
 *
 * @throws {UsageError} there are no credentials, AWS does not answer, or nothing is deployed
 */
export async function openCloud(environment: Environment, flows: readonly Flow[], clock: Clock): Promise<Cloud> {
  const stepFunctions = new SFNClient({ region: environment.region });
  const logs = new CloudWatchLogsClient({ region: environment.region });
  const deployed = await findDeployedFlows(stepFunctions, environment);
  const executions = cloudExecutions({ environment: environment.name, deployed, stepFunctions, logs, flows, clock });
  return { executions, storeUrl: `s3://${resultBucketName(environment.name, deployed)}` };
}
