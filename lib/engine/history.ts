import type { Clock } from '../clock.ts';
import type { HistoryEvent } from '../execution/history-event.ts';
import type { Json } from '../json.ts';

/** An event and the line of states it belongs to; '' is the machine itself, `Fetch[3]` an iteration, `Both{1}` a branch. */
export interface RecordedEvent extends HistoryEvent {
  readonly frame: string;
  /** Of a `…StateExited`: the state that follows; absent when the line ends. */
  readonly next?: string;
  /** Of a state that goes on with what it had done before a redrive. */
  readonly continues?: true;
}

/** What is recorded; the history adds id and time. */
export type NewEvent = Omit<RecordedEvent, 'id' | 'timestamp'>;

/** Where the events of one execution go. */
export interface History {
  /** How many there are; also the id of the newest. */
  readonly length: number;
  /** @returns the id */
  append(event: NewEvent): number;
  /** Stands in for `append` where nobody keeps the events: they are only counted, and need not be put together. */
  readonly count?: () => number;
  /**
   * Resolves when everything appended so far would survive a crash; nothing to wait for gives undefined.
   *
   * Called before anything is done that could not be done twice.
   */
  settled(): Promise<void> | undefined;
}

/** A history that takes each event to `sink`, at once and in order. */
export function createHistory(
  clock: Clock,
  sink: { take(event: RecordedEvent): void; settled?: () => Promise<void> | undefined },
  startsAfter = 0,
): History {
  let length = startsAfter;
  let lastNow = Number.NaN;
  let timestamp = '';
  return {
    get length() {
      return length;
    },
    append(event) {
      const now = clock.now();
      if (now !== lastNow) {
        lastNow = now;
        timestamp = new Date(now).toISOString();
      }
      length += 1;
      const { previousEventId, type, details, frame, next, continues } = event;
      const recorded = { id: length, previousEventId, timestamp, type, details, frame };
      const isPlain = next === undefined && continues === undefined;
      sink.take(isPlain ? recorded : { ...recorded, ...(next && { next }), ...(continues && { continues }) });
      return length;
    },
    settled: () => sink.settled?.(),
  };
}

/** Fields of an event's details, without those that are undefined. */
export type Details = Readonly<Record<string, Json>>;

/** Details, or how to put them together: texts of large payloads are made only for a history that is kept. */
export type DetailsSource = Details | (() => Details);
