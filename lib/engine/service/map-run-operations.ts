import type { MapRunOperations } from '../../execution/service/map-run-operations.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';
import type { MapRunRecord } from '../map-run/map-runs.ts';
import { maxChildConcurrency } from '../states/distributed-map.ts';
import { findExecution } from './find-execution.ts';
import { findMapRun, type MapRunTools } from './find-map-run.ts';
import { pageOf } from './page-of.ts';

/** Map Runs: they can be watched, and their limits changed while they run. */
export function mapRunOperations(tools: MapRunTools): MapRunOperations {
  return {
    async describeMapRun({ mapRunArn }) {
      return describe(await findMapRun(tools, mapRunArn));
    },
    async listMapRuns(request) {
      const record = await findExecution(tools, request.executionArn);
      const { items, ...page } = pageOf(await tools.executions.mapRuns(record.arn), request, {
        name: `${record.arn} mapRuns`,
        keyOf: ({ startDate, mapRunArn }) => `${startDate} ${mapRunArn}`,
        isDescending: true,
      });
      return { mapRuns: items.map(listed), ...page };
    },
    async updateMapRun({ mapRunArn, ...limits }) {
      const { status } = await findMapRun(tools, mapRunArn);
      const given = Object.entries(limits).filter(([, value]) => value !== undefined);
      if (given.length === 0) {
        throw refused('MISSING_REQUIRED_PARAMETER', 'Must specify at least one parameter to update');
      }
      if (status !== 'RUNNING') {
        throw refused('CANNOT_UPDATE_COMPLETED_MAP_RUN', `Map Run is ${status} and cannot be updated`);
      }
      const changes = { ...Object.fromEntries(given), ...unlimited(limits.maxConcurrency) };
      tools.executions.world.mapRuns?.update(mapRunArn, changes);
    },
  };
}

/** What the engine takes for no limit, the API calls 0. */
function unlimited(maxConcurrency: number | undefined): { maxConcurrency?: number } {
  return maxConcurrency === 0 ? { maxConcurrency: maxChildConcurrency } : {};
}

function refused(reason: string, message: string): ServiceException {
  return new ServiceException('ValidationException', message, { reason });
}

function listed({ executionArn, mapRunArn, stateMachineArn, startDate, stopDate }: MapRunRecord) {
  return {
    executionArn,
    mapRunArn,
    stateMachineArn,
    startDate: new Date(startDate),
    ...(stopDate !== undefined && { stopDate: new Date(stopDate) }),
  };
}

function describe(run: MapRunRecord) {
  const { stateMachineArn: _stateMachineArn, ...dates } = listed(run);
  return {
    ...dates,
    status: run.status,
    maxConcurrency: run.maxConcurrency === maxChildConcurrency ? 0 : run.maxConcurrency,
    toleratedFailureCount: run.toleratedFailureCount ?? 0,
    toleratedFailurePercentage: run.toleratedFailurePercentage ?? 0,
    // items that are batched count by their batches
    itemCounts: run.counts,
    executionCounts: run.counts,
    redriveCount: run.redriveCount,
  };
}
