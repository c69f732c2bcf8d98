import { Cron } from 'croner';
import { UsageError } from '../errors.ts';
import type { Json } from '../json.ts';

/** A six-field EventBridge cron expression in a time zone, and the input it starts executions with. */
export interface Schedule {
  /** `minutes hours day-of-month month day-of-week year`, without `cron(…)`. */
  readonly cron: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly input: Json;
}

/**
 * A schedule from EventBridge's own notation.
 *
 * @default options.timeZone 'UTC'
 * @default options.input {}
 * @throws {UsageError} EventBridge would refuse the expression or the zone
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function cron(expression: string, options: { timeZone?: string; input?: Json } = {}): Schedule {
  const schedule: Schedule = { cron: expression, timeZone: options.timeZone ?? 'UTC', input: options.input ?? {} };
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 6) {
    throw new UsageError(`cron expression '${expression}' has ${fields.length} fields; EventBridge takes six`, {
      hint: "minutes hours day-of-month month day-of-week year, e.g. '15 13 * * ? *' for daily at 13:15",
    });
  }
  if ((fields[2] === '?') === (fields[4] === '?')) {
    throw new UsageError(
      `cron expression '${expression}' needs '?' in exactly one of day-of-month (third) and day-of-week (fifth)`,
    );
  }
  try {
    nextFireTime(schedule, new Date(0));
  } catch (error) {
    throw new UsageError(`cron expression '${expression}' in ${schedule.timeZone} is not valid`, { cause: error });
  }
  return schedule;
}

/** The first instant strictly after `after` at which the schedule fires; undefined when it never does again. */
export function nextFireTime(schedule: Schedule, after: Date): Date | undefined {
  const job = new Cron(`0 ${schedule.cron}`, {
    timezone: schedule.timeZone,
    alternativeWeekdays: true,
    sloppyRanges: true,
    paused: true,
  });
  return job.nextRun(after) ?? undefined;
}
