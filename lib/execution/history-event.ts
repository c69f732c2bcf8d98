import type { Json } from '../json.ts';

/**
 * One fact about an execution, in the service's words.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export interface HistoryEvent {
  /** Counts from 1 within the execution. */
  readonly id: number;
  /** The event this one follows from; 0 for the first. */
  readonly previousEventId: number;
  /** ISO 8601, UTC, milliseconds. */
  readonly timestamp: string;
  /** The service's type name, e.g. `TaskStateEntered`. */
  readonly type: string;
  /**
   * The fields of the service's `…EventDetails` object for this type, under their API names (`name`, `input`,
   * `resource`, …). JSON-text fields hold text, as the service returns them.
   */
  readonly details: Readonly<Record<string, Json>>;
}
