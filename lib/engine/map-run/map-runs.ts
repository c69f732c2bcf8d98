import type { Clock } from '../../clock.ts';
import type { ChildEnd } from './journal.ts';

/** The limits of a Map Run, which can be changed while it runs. */
export interface MapRunLimits {
  /** Child executions at the same time. */
  maxConcurrency: number;
  toleratedFailureCount?: number;
  toleratedFailurePercentage?: number;
}

/** How many items, or child executions, of a Map Run are in which state. */
export interface MapRunCounts {
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly total: number;
  readonly resultsWritten: number;
}

/** One Map Run, as `DescribeMapRun` shows it. Times are ISO 8601, UTC. */
export interface MapRunRecord extends Readonly<MapRunLimits> {
  readonly mapRunArn: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly startDate: string;
  readonly stopDate?: string;
  readonly redriveCount: number;
  readonly counts: MapRunCounts;
}

/** A Map Run in progress, told by whoever runs it. */
export interface LiveMapRun {
  readonly limits: MapRunLimits;
  childStarted(): void;
  childEnded(end: Pick<ChildEnd, 'status'>): void;
  ended(status: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void;
}

/** The Map Runs of this process. */
export interface MapRuns {
  /** A Map Run that is redriven goes on under its ARN. */
  open(run: Pick<MapRunRecord, 'mapRunArn' | 'executionArn' | 'stateMachineArn'>, limits: MapRunLimits): LiveMapRun;
  find(mapRunArn: string): MapRunRecord | undefined;
  /** Newest first. */
  list(executionArn: string): MapRunRecord[];
  /** Takes effect with the next child; undefined when there is no such Map Run. */
  update(mapRunArn: string, limits: Partial<MapRunLimits>): MapRunRecord | undefined;
}

type Writable = { -readonly [K in keyof MapRunRecord]: MapRunRecord[K] } & {
  limits: MapRunLimits;
  counts: { -readonly [K in keyof MapRunCounts]: number };
};

const countOf = { SUCCEEDED: 'succeeded', FAILED: 'failed', TIMED_OUT: 'timedOut', ABORTED: 'aborted' } as const;

/** Keeps the Map Runs of this process in memory, so that they can be watched and changed. */
export function createMapRuns(clock: Clock): MapRuns {
  const runs = new Map<string, Writable>();
  const now = () => new Date(clock.now()).toISOString();
  const shown = ({ limits, counts, ...run }: Writable): MapRunRecord => ({ ...run, ...limits, counts: { ...counts } });
  return {
    open(about, limits) {
      const before = runs.get(about.mapRunArn);
      const redriveCount = before ? before.redriveCount + 1 : 0;
      const counts = { ...noCounts };
      const run: Writable = { ...about, ...limits, limits, counts, status: 'RUNNING', startDate: now(), redriveCount };
      runs.set(about.mapRunArn, run);
      return {
        limits,
        childStarted() {
          counts.total += 1;
          counts.running += 1;
        },
        childEnded({ status }) {
          counts.running -= 1;
          counts[countOf[status]] += 1;
          counts.resultsWritten += 1;
        },
        ended(status) {
          counts.aborted += counts.running;
          counts.running = 0;
          run.status = status;
          run.stopDate = now();
        },
      };
    },
    find(mapRunArn) {
      const run = runs.get(mapRunArn);
      return run && shown(run);
    },
    list: (executionArn) =>
      [...runs.values()]
        .filter((run) => run.executionArn === executionArn)
        .map(shown)
        .reverse(),
    update(mapRunArn, limits) {
      const run = runs.get(mapRunArn);
      if (run) Object.assign(run.limits, limits);
      return run && shown(run);
    },
  };
}

const noCounts = {
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  aborted: 0,
  total: 0,
  resultsWritten: 0,
};
