import type { Json } from '../../json.ts';

/** How one child execution of a distributed Map ended. */
export interface ChildEnd {
  /** Position of the child among all, from 0. */
  readonly index: number;
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly output?: Json;
  /** Of a child that did not succeed: the beginning of its input, as JSON text. */
  readonly inputText?: string;
  readonly error?: string;
  readonly cause?: string;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly stoppedAtMs: number;
}

/** Keeps the ends of child executions, because their histories are not part of the parent's. */
export interface MapRunJournal {
  append(mapRun: string, end: ChildEnd): void;
  /** What is kept of a Map Run, in the order it was appended. */
  read(mapRun: string): AsyncIterable<ChildEnd>;
}
