import type { MapRunOperations } from '../../execution/service/map-run-operations.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';
import type { MapRunRecord } from '../map-run/map-runs.ts';
import { checkArn } from './checked.ts';
import { findExecution } from './find-execution.ts';
import { pageOf } from './page-of.ts';
import type { ServiceTools } from './service-tools.ts';

/** Map Runs of this process: they can be watched, and their limits changed while they run. */
export function mapRunOperations(tools: Pick<ServiceTools, 'executions'>): MapRunOperations {
  const { mapRuns } = tools.executions.world;
  const find = (arn: string): MapRunRecord => {
    checkArn(arn, 'mapRun');
    const found = mapRuns?.find(arn);
    if (found) return found;
    throw new ServiceException('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
  };
  return {
    async describeMapRun({ mapRunArn }) {
      return describe(find(mapRunArn));
    },
    async listMapRuns(request) {
      await findExecution(tools, request.executionArn);
      const all = mapRuns?.list(request.executionArn) ?? [];
      const { items, ...page } = pageOf(all, request, ({ mapRunArn }) => mapRunArn);
      return { mapRuns: items.map(listed), ...page };
    },
    async updateMapRun({ mapRunArn, ...limits }) {
      const { status } = find(mapRunArn);
      const given = Object.entries(limits).filter(([, value]) => value !== undefined);
      if (given.length === 0)
        throw refused('MISSING_REQUIRED_PARAMETER', 'Must specify at least one parameter to update');
      if (status !== 'RUNNING')
        throw refused('CANNOT_UPDATE_COMPLETED_MAP_RUN', `Map Run is ${status} and cannot be updated`);
      mapRuns?.update(mapRunArn, { ...Object.fromEntries(given), ...unlimited(limits.maxConcurrency) });
    },
  };
}

/** What the engine runs at most at the same time; the API calls it 0, no limit. */
const highestConcurrency = 10_000;

function unlimited(maxConcurrency: number | undefined): { maxConcurrency?: number } {
  return maxConcurrency === 0 ? { maxConcurrency: highestConcurrency } : {};
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
    maxConcurrency: run.maxConcurrency === highestConcurrency ? 0 : run.maxConcurrency,
    toleratedFailureCount: run.toleratedFailureCount ?? 0,
    toleratedFailurePercentage: run.toleratedFailurePercentage ?? 0,
    // items that are batched count by their batches
    itemCounts: run.counts,
    executionCounts: run.counts,
    redriveCount: run.redriveCount,
  };
}
