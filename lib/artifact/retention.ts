import { wholeDaysBetween } from './expiry.ts';
import type { Pointer } from './pointer.ts';

/** One version as it lies in the store. */
export interface StoredVersion {
  readonly version: string;
  readonly keys: readonly string[];
  readonly bytes: number;
  /** Of the object that was written last. */
  readonly lastModified: Date;
}

/** Age, and what is decided for it. */
export interface RetentionVerdict extends StoredVersion {
  readonly ageDays: number;
  readonly isKept: boolean;
}

/**
 * Decides for each version of one artifact whether it stays: the one that readers have and the one before it always
 * do, and so do the newest `keepNewest`; others until they are `olderThanDays` whole days old.
 *
 * @see the specification of artifact management, §5.6
 */
export function judgeVersions(
  versions: readonly StoredVersion[],
  pointer: Pick<Pointer, 'version' | 'previousVersion'>,
  { now, olderThanDays, keepNewest = 0 }: { now: Date; olderThanDays: number; keepNewest?: number },
): RetentionVerdict[] {
  // names of versions begin with the time that their execution started
  const newest = versions
    .map(({ version }) => version)
    .sort()
    .slice(Math.max(0, versions.length - keepNewest));
  const protectedVersions = [pointer.version, pointer.previousVersion, ...newest];
  return versions.map((stored) => {
    const ageDays = wholeDaysBetween(stored.lastModified, now);
    return { ...stored, ageDays, isKept: ageDays < olderThanDays || protectedVersions.includes(stored.version) };
  });
}
