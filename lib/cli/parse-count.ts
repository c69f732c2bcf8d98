import { UsageError } from '../errors.ts';

/**
 * A whole number from an option; undefined when the option was not given.
 *
 * @default lowest 1
 * @throws {UsageError} it is not a whole number of `lowest` or more
 */
export function parseCount(value: string | undefined, option: string, lowest = 1): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (/^\d{1,9}$/.test(value) && count >= lowest) return count;
  throw new UsageError(`${option} is '${value}'; it takes a whole number of ${lowest} or more`);
}
