import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { UsageError } from '../errors.ts';
import type { Execution } from '../execution/execution.ts';
import type { Json } from '../json.ts';
import { type Account, callOn } from './account.ts';
import { isAwsError } from './aws-call.ts';
import { executionArnOf } from './execution-arn.ts';
import type { ExecutionFinder } from './find-execution.ts';

/** What is to be started. */
export interface StartRequest {
  readonly flowName: string;
  readonly input: Json;
  readonly executionName?: string;
}

/** Starts an execution; a name that was used before with the same input gives that execution, ended or not. */
export async function startExecution(
  account: Account,
  finder: ExecutionFinder,
  request: StartRequest,
): Promise<Execution> {
  const { flowName, input, executionName: name = newName(flowName) } = request;
  const stateMachineArn = stateMachineOf(account, flowName);
  const command = new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input), name });
  const arn = await callOn(account, `start ${flowName}`, async () => {
    try {
      return (await account.stepFunctions.send(command)).executionArn ?? '';
    } catch (error) {
      if (isAwsError(error, 'InvalidName')) throw invalidName(name, error);
      if (!isAwsError(error, 'ExecutionAlreadyExists')) throw error;
      return executionArnOf(stateMachineArn, name);
    }
  });
  const execution = await finder.find(arn);
  if (isDeepStrictEqual(execution.input, input)) return execution;
  throw new UsageError(`execution '${name}' of ${flowName} was started before with another input`, {
    hint: 'choose another --name, or leave it out',
  });
}

/**
 * ARN of a flow's state machine.
 *
 * @throws {UsageError} the flow is not deployed
 */
export function stateMachineOf({ environment, deployed }: Account, flowName: string): string {
  const arn = deployed.arns.get(flowName);
  if (arn !== undefined) return arn;
  throw new UsageError(
    `flow '${flowName}' is not deployed on '${environment}'; deployed are ${[...deployed.arns.keys()].sort().join(', ')}`,
    { hint: `deploy it with 'npx cdk deploy --context env=${environment}'` },
  );
}

/** As on a laptop: the flow, and what makes it unique; a flow's name leaves room for both in the 80 characters allowed. */
function newName(flowName: string): string {
  return `${flowName}-${randomUUID().replaceAll('-', '').slice(0, 12)}`;
}

function invalidName(name: string, cause: unknown): UsageError {
  return new UsageError(`execution name '${name}' is not allowed; use 1 to 80 of A-Z a-z 0-9 - _`, { cause });
}
