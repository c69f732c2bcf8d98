import { DescribeExecutionCommand, type DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import { UsageError } from '../errors.ts';
import type { Execution, ExecutionStatus } from '../execution/execution.ts';
import type { Json } from '../json.ts';
import { type Account, callOn } from './account.ts';
import { isAwsError } from './aws-call.ts';
import { executionArnOf, executionNameIn } from './execution-arn.ts';

/** Looks executions up by name, though the service knows them by ARN only. */
export interface ExecutionFinder {
  /** @throws {UsageError} no deployed flow has an execution of that name */
  find(name: string): Promise<Execution>;
  /** Undefined when there is none. */
  describe(executionArn: string): Promise<Execution | undefined>;
  /** Saves the lookup for an execution that was met elsewhere. */
  remember(executionArn: string): void;
}

const lookupsAtOnce = 10;

/** A finder that asks every deployed flow for a name it has not met, and takes ARNs as they are. */
export function executionFinder(account: Account): ExecutionFinder {
  const { environment, deployed } = account;
  const met = new Map<string, string>();
  const remember = (arn: string) => void met.set(executionNameIn(arn), arn);

  const describe = async (executionArn: string): Promise<Execution | undefined> => {
    try {
      const answer = await account.stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
      remember(executionArn);
      return toExecution(answer, account);
    } catch (error) {
      if (isAwsError(error, 'ExecutionDoesNotExist')) return undefined;
      throw error;
    }
  };

  const candidates = (name: string): string[] => {
    const arn = name.startsWith('arn:') ? name : met.get(name);
    return arn ? [arn] : [...deployed.arns.values()].map((stateMachine) => executionArnOf(stateMachine, name));
  };

  const find = async (name: string): Promise<Execution> => {
    const arns = candidates(name);
    for (let index = 0; index < arns.length; index += lookupsAtOnce) {
      const found = await Promise.all(arns.slice(index, index + lookupsAtOnce).map(describe));
      const execution = found.find((each) => each !== undefined);
      if (execution) return execution;
    }
    throw new UsageError(`unknown execution '${name}' on '${environment}'`, {
      hint: `run 'flow executions --env ${environment}' to see them`,
    });
  };

  return {
    remember,
    describe: (arn) => callOn(account, 'read an execution', () => describe(arn)),
    find: (name) => callOn(account, `read execution '${name}'`, () => find(name)),
  };
}

function toExecution(answer: DescribeExecutionCommandOutput, { deployed }: Account): Execution {
  const { executionArn = '', stateMachineArn, name, status, startDate, stopDate, input, output, error, cause } = answer;
  const flow = [...deployed.arns].find(([, arn]) => arn === stateMachineArn);
  return {
    name: name ?? executionNameIn(executionArn),
    arn: executionArn,
    flowName: flow?.[0] ?? '',
    status: statusOf(status),
    startDate: startDate?.toISOString() ?? '',
    ...(stopDate && { stopDate: stopDate.toISOString() }),
    input: parseText(input) ?? {},
    ...(output !== undefined && { output: parseText(output) ?? null }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
    redriveCount: answer.redriveCount ?? 0,
  };
}

/** The service's one status more: an execution that waits for its redrive to begin. */
function statusOf(status: DescribeExecutionCommandOutput['status']): ExecutionStatus {
  return status === undefined || status === 'PENDING_REDRIVE' ? 'RUNNING' : status;
}

function parseText(text: string | undefined): Json | undefined {
  return text === undefined ? undefined : JSON.parse(text);
}
