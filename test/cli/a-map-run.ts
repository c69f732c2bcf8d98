import type { MapRun, MapRunCounts } from '../../lib/execution/map-run.ts';

const machines = 'arn:aws:states:us-east-1:000000000000';

/** The Map Run `Unit:unit` of the execution `geo-1`, which failed. */
export function aMapRun(counts: Partial<MapRunCounts>, changes: Partial<MapRun> = {}): MapRun {
  const none = { pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total: 0 };
  return {
    mapRunArn: `${machines}:mapRun:geo/Unit:unit`,
    executionArn: `${machines}:execution:geo:geo-1`,
    status: 'FAILED',
    startDate: '2026-11-20T06:33:00.000Z',
    stopDate: '2026-11-20T06:33:02.000Z',
    redriveCount: 0,
    counts: { ...none, resultsWritten: 0, ...counts },
    ...changes,
  };
}
