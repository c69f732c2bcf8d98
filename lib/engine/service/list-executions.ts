import type {
  ExecutionListItem,
  ListExecutionsRequest,
  ListExecutionsResponse,
} from '../../execution/service/execution-operations.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';
import { executionListItem } from './describe-execution.ts';
import { notSupported } from './execution-operations.ts';
import { endedChildren } from './map-run-children.ts';
import { pageOf } from './page-of.ts';
import type { ServiceTools } from './service-tools.ts';
import { findMachine } from './state-machine-operations.ts';

/** The executions of a state machine, or the children of a Map Run that have ended; newest first. */
export async function listExecutions(
  tools: ServiceTools,
  request: ListExecutionsRequest,
): Promise<ListExecutionsResponse> {
  const all = await itemsOf(tools, request);
  const matching = all.filter((execution) => matches(execution, request));
  const { items, ...page } = pageOf(matching, request, {
    name: request.stateMachineArn ?? request.mapRunArn ?? '',
    keyOf: ({ startDate, executionArn }) => `${startDate.toISOString()} ${executionArn}`,
    isDescending: true,
  });
  return { executions: items, ...page };
}

async function itemsOf(tools: ServiceTools, request: ListExecutionsRequest): Promise<ExecutionListItem[]> {
  const { stateMachineArn, mapRunArn } = request;
  if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
    throw new ServiceException('ValidationException', 'Must provide a State Machine ARN or Map Run ARN');
  }
  if (mapRunArn !== undefined) return await endedChildren(tools, mapRunArn);
  const machine = findMachine(tools, stateMachineArn ?? '');
  if (machine.type === 'EXPRESS') throw notSupported();
  return Array.fromAsync(tools.executions.list(machine.key), executionListItem);
}

function matches(execution: ExecutionListItem, { statusFilter, redriveFilter }: ListExecutionsRequest): boolean {
  if (statusFilter !== undefined && execution.status !== statusFilter) return false;
  return redriveFilter === undefined || execution.redriveCount > 0 === (redriveFilter === 'REDRIVEN');
}
