import type { MapRun } from '../../execution/map-run.ts';
import type { DescribeExecutionResponse, ExecutionListItem } from '../../execution/service/execution-operations.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';
import { childArn, childName, readChildArn } from '../map-run/child-arn.ts';
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
  const ends = await lastEnds(tools, await findMapRun(tools, mapRunArn));
  return ends.map((end) => childOf(mapRunArn, end));
}

/** One child of a Map Run that has ended; its input is not kept. Undefined for an execution that is no child. */
export async function describeEndedChild(
  tools: MapRunTools,
  executionArn: string,
): Promise<DescribeExecutionResponse | undefined> {
  const place = readChildArn(executionArn);
  const mapRun = place && (await findMapRun(tools, place.mapRunArn).catch(notThere));
  if (!mapRun) return undefined;
  const end = (await lastEnds(tools, mapRun)).find(({ index }) => index === place.index);
  if (!end) return undefined;
  const { itemCount: _itemCount, ...child } = childOf(place.mapRunArn, end);
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
async function lastEnds({ executions }: MapRunTools, mapRun: MapRun): Promise<ChildEnd[]> {
  const last = new Map<number, ChildEnd>();
  for await (const end of executions.childEnds(mapRun)) last.set(end.index, end);
  return [...last.values()];
}

function childOf(mapRunArn: string, end: ChildEnd): ExecutionListItem {
  const { index } = end;
  const executionArn = childArn({ mapRunArn, index });
  return {
    executionArn,
    stateMachineArn: executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]*$/, ''),
    name: childName({ mapRunArn, index }),
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
