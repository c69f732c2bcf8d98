const dayMs = 86_400_000;

/**
 * When the bucket's lifecycle removes an object: that many days after it was stored, at the next midnight UTC.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export function expiryOf(storedAt: Date, retentionDays: number): Date {
  return new Date(Math.ceil((storedAt.getTime() + retentionDays * dayMs) / dayMs) * dayMs);
}

/** Whole days between two instants; the rest of a day does not count. */
export function wholeDaysBetween(earlier: Date, later: Date): number {
  return Math.floor((later.getTime() - earlier.getTime()) / dayMs);
}
