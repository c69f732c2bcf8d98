import { wholeDaysBetween } from './expiry.ts';
import type { Pointer } from './pointer.ts';
import type { StoredVersion } from './stored-versions.ts';

/** Age, and what is decided for it. */
export interface RetentionVerdict extends StoredVersion {
  readonly ageDays: number;
  readonly isKept: boolean;
}

/**
 * Decides for each version of one artifact whether it stays: the one that readers have and the one before it always
 * do, and so do the newest `keepNewest` whole ones; others until they are `olderThanDays` whole days old. Without a
 * pointer, only what is not whole may go.
 *
 * @see the specification of artifact management, §5.6
 */
export function judgeVersions(
  versions: readonly StoredVersion[],
  pointer: Pick<Pointer, 'version' | 'previousVersion'> | undefined,
  { now, olderThanDays, keepNewest = 0 }: { now: Date; olderThanDays: number; keepNewest?: number },
): RetentionVerdict[] {
  // names of versions begin with the time that their execution started
  const whole = versions.filter(({ isWhole }) => isWhole);
  const newest = whole
    .map(({ version }) => version)
    .sort()
    .slice(Math.max(0, whole.length - keepNewest));
  const protectedVersions = [pointer?.version, pointer?.previousVersion, ...newest];
  return versions.map((stored) => {
    const ageDays = wholeDaysBetween(stored.lastModified, now);
    const isNeeded = protectedVersions.includes(stored.version) || (stored.isWhole && !pointer);
    return { ...stored, ageDays, isKept: ageDays < olderThanDays || isNeeded };
  });
}
