import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  type DescribeMapRunCommandOutput,
  ListExecutionsCommand,
  paginateListExecutions,
  paginateListMapRuns,
} from '@aws-sdk/client-sfn';
import type { Execution } from '../execution/execution.ts';
import type { FailedChild, MapRun } from '../execution/map-run.ts';
import { type Account, callOn } from './account.ts';
import { isAwsError } from './aws-call.ts';
import { executionNameIn } from './execution-arn.ts';

const pageSize = 1000;

/** The Map Runs of an execution, oldest first. */
export async function readMapRuns(account: Account, { arn, name }: Execution): Promise<MapRun[]> {
  return await callOn(account, `read the Map Runs of '${name}'`, async () => {
    const runs: MapRun[] = [];
    for (const mapRunArn of await mapRunArns(account, arn)) {
      runs.push(toMapRun(await account.stepFunctions.send(new DescribeMapRunCommand({ mapRunArn })), mapRunArn));
    }
    return runs.sort((one, other) => one.startDate.localeCompare(other.startDate));
  });
}

/**
 * Children of a Map Run that failed or timed out. The service lists those that began last first, and knows no index.
 *
 * Children that are express executions are listed nowhere, so there are none.
 */
export async function readFailedChildren(
  account: Account,
  { mapRunArn }: MapRun,
  limit: number,
): Promise<FailedChild[]> {
  return await callOn(account, 'read the failed children of a Map Run', async () => {
    const found: FailedChild[] = [];
    for (const status of ['FAILED', 'TIMED_OUT'] as const) {
      for (const executionArn of await childrenOf(account, { mapRunArn, status, limit: limit - found.length })) {
        const { input, error, cause } = await account.stepFunctions.send(
          new DescribeExecutionCommand({ executionArn }),
        );
        found.push({
          name: executionNameIn(executionArn),
          status,
          inputText: input ?? '',
          ...(error !== undefined && { error }),
          ...(cause !== undefined && { cause }),
        });
      }
    }
    return found;
  });
}

/** Names of all children of an execution's Map Runs: log lines know their own execution only. */
export async function readChildNames(account: Account, { arn, name }: Execution): Promise<ReadonlySet<string>> {
  return await callOn(account, `list the child executions of '${name}'`, async () => {
    const names = new Set<string>();
    for (const mapRunArn of await mapRunArns(account, arn)) {
      const pages = paginateListExecutions({ client: account.stepFunctions, pageSize }, { mapRunArn });
      for await (const { executions = [] } of pages) for (const child of executions) names.add(child.name ?? '');
    }
    return names;
  });
}

async function mapRunArns({ stepFunctions: client }: Account, executionArn: string): Promise<string[]> {
  const arns: string[] = [];
  for await (const { mapRuns = [] } of paginateListMapRuns({ client, pageSize }, { executionArn })) {
    arns.push(...mapRuns.map(({ mapRunArn = '' }) => mapRunArn));
  }
  return arns;
}

async function childrenOf(
  { stepFunctions }: Account,
  { mapRunArn, status, limit }: { mapRunArn: string; status: FailedChild['status']; limit: number },
): Promise<string[]> {
  if (limit < 1) return [];
  const command = new ListExecutionsCommand({ mapRunArn, statusFilter: status, maxResults: limit });
  try {
    const { executions = [] } = await stepFunctions.send(command);
    return executions.map(({ executionArn = '' }) => executionArn);
  } catch (error) {
    if (isAwsError(error, 'StateMachineTypeNotSupported')) return [];
    throw error;
  }
}

function toMapRun(answer: DescribeMapRunCommandOutput, mapRunArn: string): MapRun {
  const { executionArn = '', status = 'RUNNING', startDate, stopDate, redriveCount = 0, executionCounts } = answer;
  return {
    mapRunArn,
    executionArn,
    status,
    startDate: startDate?.toISOString() ?? '',
    ...(stopDate && { stopDate: stopDate.toISOString() }),
    redriveCount,
    counts: {
      pending: executionCounts?.pending ?? 0,
      running: executionCounts?.running ?? 0,
      succeeded: executionCounts?.succeeded ?? 0,
      failed: executionCounts?.failed ?? 0,
      timedOut: executionCounts?.timedOut ?? 0,
      aborted: executionCounts?.aborted ?? 0,
      total: executionCounts?.total ?? 0,
      resultsWritten: executionCounts?.resultsWritten ?? 0,
    },
  };
}
