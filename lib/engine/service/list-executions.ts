import type { Execution } from '../../execution/execution.ts';
import type { ListExecutionsRequest, ListExecutionsResponse } from '../../execution/service/execution-operations.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';
import { executionListItem } from './describe-execution.ts';
import { notSupported } from './execution-operations.ts';
import { pageOf } from './page-of.ts';
import type { ServiceTools } from './service-tools.ts';
import { findMachine } from './state-machine-operations.ts';

/** The executions of a state machine, newest first. */
export async function listExecutions(
  tools: ServiceTools,
  request: ListExecutionsRequest,
): Promise<ListExecutionsResponse> {
  const { stateMachineArn } = request;
  if (stateMachineArn === undefined) {
    throw new ServiceException('ValidationException', 'Must provide a State Machine ARN or Map Run ARN');
  }
  const machine = findMachine(tools, stateMachineArn);
  if (machine.type === 'EXPRESS') throw notSupported();
  const matching: Execution[] = [];
  for await (const execution of tools.executions.list(machine.key)) {
    if (matches(execution, request)) matching.push(execution);
  }
  const { items, ...page } = pageOf(matching, request, ({ arn }) => arn);
  return { executions: items.map(executionListItem), ...page };
}

function matches(execution: Execution, { statusFilter, redriveFilter }: ListExecutionsRequest): boolean {
  if (statusFilter !== undefined && execution.status !== statusFilter) return false;
  return redriveFilter === undefined || execution.redriveCount > 0 === (redriveFilter === 'REDRIVEN');
}
