import type { Clock } from '../../clock.ts';
import type { MapRun, MapRunCounts, MapRunLimits } from '../../execution/map-run.ts';
import { countOf, noCounts } from './ended-children.ts';
import type { ChildEnd } from './journal.ts';

/** One Map Run with its limits, as `DescribeMapRun` shows it. */
export interface MapRunRecord extends MapRun, MapRunLimits {
  readonly stateMachineArn: string;
}

/** How a Map Run ends. */
export type MapRunEnding = Exclude<MapRun['status'], 'RUNNING'>;

/** A Map Run in progress, told by whoever runs it. */
export interface LiveMapRun {
  readonly limits: MapRunLimits;
  childStarted(index: number): void;
  childEnded(end: Pick<ChildEnd, 'index' | 'status'>): void;
  /**
   * The first end counts.
   *
   * @returns the children that were still running, which are aborted with it
   */
  ended(status: MapRunEnding): ChildEnd[];
}

/** The Map Runs of this process. */
export interface MapRuns {
  /** A Map Run that is redriven goes on under its ARN. */
  open(run: Pick<MapRunRecord, 'mapRunArn' | 'executionArn' | 'stateMachineArn'>, limits: MapRunLimits): LiveMapRun;
  find(mapRunArn: string): MapRunRecord | undefined;
  /** Oldest first. */
  list(executionArn: string): MapRunRecord[];
  /** Takes effect with the next child; undefined when there is no such Map Run. */
  update(mapRunArn: string, limits: Partial<MapRunLimits>): MapRunRecord | undefined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

type KnownRun = Writable<MapRunRecord> & { limits: Writable<MapRunLimits>; counts: Writable<MapRunCounts> };

/** Keeps the Map Runs of this process in memory, so that they can be watched and changed. */
export function createMapRuns(clock: Clock): MapRuns {
  const runs = new Map<string, KnownRun>();
  const now = () => new Date(clock.now()).toISOString();
  const shown = ({ limits, counts, ...run }: KnownRun): MapRunRecord => ({ ...run, ...limits, counts: { ...counts } });
  return {
    open(about, limits) {
      const before = runs.get(about.mapRunArn);
      const redriveCount = before ? before.redriveCount + 1 : 0;
      const counts = { ...noCounts };
      const startsMs = new Map<number, number>();
      const run: KnownRun = { ...about, ...limits, limits, counts, status: 'RUNNING', startDate: now(), redriveCount };
      runs.set(about.mapRunArn, run);
      return {
        limits,
        childStarted(index) {
          startsMs.set(index, clock.now());
          counts.total += 1;
          counts.running += 1;
        },
        childEnded({ index, status }) {
          if (!startsMs.delete(index)) return;
          counts.running -= 1;
          counts[countOf[status]] += 1;
          counts.resultsWritten += 1;
        },
        ended(status) {
          if (run.status !== 'RUNNING') return [];
          counts.aborted = counts.running;
          counts.running = 0;
          run.status = status;
          run.stopDate = now();
          const stoppedAtMs = clock.now();
          const running = [...startsMs];
          startsMs.clear();
          return running.map(([index, startedAtMs]) => ({ index, status: 'ABORTED', startedAtMs, stoppedAtMs }));
        },
      };
    },
    find(mapRunArn) {
      const run = runs.get(mapRunArn);
      return run && shown(run);
    },
    list: (executionArn) => [...runs.values()].filter((run) => run.executionArn === executionArn).map(shown),
    update(mapRunArn, limits) {
      const run = runs.get(mapRunArn);
      if (run) Object.assign(run.limits, limits);
      return run && shown(run);
    },
  };
}
