/** A month, and most calls that loading it takes. */
export interface MonthCalls {
  readonly month: string;
  readonly calls: number;
}

/** Months that are loaded in one go, and how long that takes at most. */
export interface BackfillPart {
  /** When the day's calls allow to begin: ISO 8601, UTC. */
  readonly startsAt: string;
  readonly fromMonth: string;
  readonly toMonth: string;
  readonly months: readonly MonthCalls[];
  readonly calls: number;
  readonly minutes: number;
}

/** What the source bears. */
export interface CallLimit {
  readonly pauseMs: number;
  /** Calls that a backfill may make in a UTC day. */
  readonly callsPerDay: number;
  /** Those of them that are gone already. */
  readonly callsToday: number;
}

/**
 * Splits months into parts, so that each is done with the calls of its day; a part after the first begins at midnight.
 *
 * A month's calls count for the day on which its first is made.
 */
export function backfillParts(months: readonly MonthCalls[], startMs: number, limit: CallLimit): BackfillPart[] {
  const parts: { startMs: number; months: MonthCalls[] }[] = [];
  let atMs = startMs;
  let callsLeft = limit.callsPerDay - limit.callsToday;
  for (const month of months) {
    if (month.calls > callsLeft) {
      atMs = nextMidnight(atMs);
      callsLeft = limit.callsPerDay;
      parts.push({ startMs: atMs, months: [] });
    }
    if (parts.length === 0) parts.push({ startMs: atMs, months: [] });
    parts.at(-1)?.months.push(month);
    callsLeft -= month.calls;
    const endMs = atMs + month.calls * limit.pauseMs;
    if (endMs >= nextMidnight(atMs)) callsLeft = limit.callsPerDay;
    atMs = endMs;
  }
  return parts.map((part) => partOf(part.startMs, part.months, limit));
}

function partOf(startMs: number, months: readonly MonthCalls[], { pauseMs }: CallLimit): BackfillPart {
  const calls = callsOf(months);
  return {
    startsAt: new Date(startMs).toISOString(),
    fromMonth: months[0]?.month ?? '',
    toMonth: months.at(-1)?.month ?? '',
    months,
    calls,
    minutes: minutesOf(calls, pauseMs),
  };
}

export function callsOf(counted: readonly { readonly calls: number }[]): number {
  return counted.reduce((sum, { calls }) => sum + calls, 0);
}

function minutesOf(calls: number, pauseMs: number): number {
  return Math.ceil((calls * pauseMs) / 60_000);
}

function nextMidnight(instantMs: number): number {
  return new Date(instantMs).setUTCHours(24, 0, 0, 0);
}
