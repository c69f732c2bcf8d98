import { type ExecutionListItem, paginateListExecutions } from '@aws-sdk/client-sfn';
import type { Execution } from '../execution/execution.ts';
import { type Account, callOn } from './account.ts';
import type { ExecutionFinder } from './find-execution.ts';
import { mergeNewestFirst } from './merge-newest-first.ts';

const pageSize = 20;

/** Executions of the given flows, newest first; those that are not deployed have none. Described one by one, as they are asked for. */
export async function* listExecutions(
  account: Account,
  finder: ExecutionFinder,
  flowNames: readonly string[],
): AsyncGenerator<Execution> {
  const sources = flowNames.map((name) => listed(account, name));
  for await (const { executionArn } of mergeNewestFirst(sources, startTimeOf)) {
    const execution = executionArn === undefined ? undefined : await finder.describe(executionArn);
    if (execution) yield execution;
  }
}

async function* listed(account: Account, flowName: string): AsyncGenerator<ExecutionListItem> {
  const stateMachineArn = account.deployed.arns.get(flowName);
  if (stateMachineArn === undefined) return;
  const pages = paginateListExecutions({ client: account.stepFunctions, pageSize }, { stateMachineArn });
  for (;;) {
    const page = await callOn(account, `list the executions of ${flowName}`, () => pages.next());
    if (page.done) return;
    yield* page.value.executions ?? [];
  }
}

function startTimeOf({ startDate }: ExecutionListItem): number {
  return startDate?.getTime() ?? 0;
}
