/** An instant, exact to the nanosecond, as one number that can be compared. */
export type Instant = bigint;

const pattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a timestamp of the profile that the language asks for: a capital `T`, seconds, and `Z` or an offset.
 *
 * @returns nanoseconds since the epoch; undefined when the text is none, or names no day or time there is
 * @see https://states-language.net/spec.html#timestamps
 */
export function parseTimestamp(text: string): Instant | undefined {
  const parts = pattern.exec(text);
  if (!parts) return undefined;
  const [, local = '', fraction = '', zone = ''] = parts;
  const localMs = Date.parse(`${local}Z`);
  // Date.parse moves 30 February into March; such a day is not a date
  if (Number.isNaN(localMs) || !new Date(localMs).toISOString().startsWith(local)) return undefined;
  const milliseconds = Date.parse(`${local}${zone}`);
  if (Number.isNaN(milliseconds)) return undefined;
  return BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9));
}
