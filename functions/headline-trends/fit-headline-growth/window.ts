import { monthOf, monthsBetween, monthsLater } from '../months.ts';

/** Days of publication, both included, as `YYYY-MM-DD`. */
export interface Window {
  readonly start: string;
  readonly end: string;
}

const millisecondsPerDay = 86_400_000;

/**
 * The calendar months before a day, and that day itself; a day that the earlier month does not have is its last one.
 *
 * @see the specification of headline-trends, §5.3
 */
export function windowBefore(asAt: string, horizonMonths: number): Window {
  const month = monthsLater(monthOf(asAt), -horizonMonths);
  const lastDay = new Date(`${monthsLater(month, 1)}-01T00:00:00Z`).getTime() - millisecondsPerDay;
  const sameDay = `${month}-${asAt.slice(-2)}`;
  const last = new Date(lastDay).toISOString().slice(0, 10);
  return { start: sameDay < last ? sameDay : last, end: asAt };
}

/** The months that must have been loaded for a window; that of the last day only if the window has more of it. */
export function monthsOf({ start, end }: Window): string[] {
  const dayBefore = new Date(Date.parse(end) - millisecondsPerDay).toISOString();
  return monthsBetween(monthOf(start), monthOf(dayBefore));
}
