import type { DescribeExecutionResponse, ExecutionListItem } from '../../execution/service/execution-operations.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';
import type { ChildEnd } from '../map-run/journal.ts';
import { findMapRun, type MapRunTools } from './find-map-run.ts';

/*
 * Child executions of Map Runs. What is kept of them is how they ended, so those that still run show up in the counts
 * of their Map Run only, and none has a history.
 */

/**
 * The children of a Map Run that have ended.
 *
 * @throws {ServiceException} `InvalidArn`, `ResourceNotFound`
 */
export async function endedChildren(tools: MapRunTools, mapRunArn: string): Promise<ExecutionListItem[]> {
  const { executionArn } = await findMapRun(tools, mapRunArn);
  const ends = await lastEnds(tools, executionArn, mapRunArn);
  return ends.map((end) => childOf(mapRunArn, end));
}

/** One child of a Map Run that has ended; its input is not kept. Undefined for an execution that is no child. */
export async function describeEndedChild(
  tools: MapRunTools,
  executionArn: string,
): Promise<DescribeExecutionResponse | undefined> {
  const mapRunArn = /^(arn:.+):execution:(.+\/.+)-\d+$/.exec(executionArn)?.slice(1).join(':mapRun:');
  const mapRun = mapRunArn === undefined ? undefined : await findMapRun(tools, mapRunArn).catch(notThere);
  if (mapRunArn === undefined || !mapRun) return undefined;
  const ends = await lastEnds(tools, mapRun.executionArn, mapRunArn);
  const end = ends.find((one) => arnOf(mapRunArn, one) === executionArn);
  if (!end) return undefined;
  const { itemCount: _itemCount, ...child } = childOf(mapRunArn, end);
  const hasSucceeded = end.status === 'SUCCEEDED';
  return {
    ...child,
    inputDetails: { included: false },
    ...(end.output !== undefined && { output: JSON.stringify(end.output), outputDetails: { included: true } }),
    ...(end.error !== undefined && { error: end.error }),
    ...(end.cause !== undefined && { cause: end.cause }),
    redriveStatus: hasSucceeded ? 'NOT_REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN',
    ...(hasSucceeded && { redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' }),
  };
}

/** A child that was redriven has ended more than once; only the last time counts. */
async function lastEnds({ executions }: MapRunTools, executionArn: string, mapRunArn: string): Promise<ChildEnd[]> {
  const ends = await executions.childEnds(executionArn, mapRunArn);
  return [...new Map(ends.map((end) => [end.index, end])).values()];
}

function childOf(mapRunArn: string, end: ChildEnd): ExecutionListItem {
  const executionArn = arnOf(mapRunArn, end);
  return {
    executionArn,
    stateMachineArn: executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]*$/, ''),
    name: executionArn.slice(executionArn.lastIndexOf(':') + 1),
    status: end.status,
    startDate: new Date(end.startedAtMs),
    stopDate: new Date(end.stoppedAtMs),
    mapRunArn,
    redriveCount: 0,
  };
}

function notThere(error: unknown): undefined {
  if (error instanceof ServiceException && error.exceptionName === 'ResourceNotFound') return undefined;
  throw error;
}

/** As `map-run/child-execution.ts` names them. */
function arnOf(mapRunArn: string, { index }: ChildEnd): string {
  return `${mapRunArn.replace(':mapRun:', ':execution:')}-${index}`;
}
