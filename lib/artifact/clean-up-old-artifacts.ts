import * as z from 'zod';
import { UsageError } from '../errors.ts';
import { readArtifactKey } from './key.ts';
import { readPointer } from './pointer.ts';
import type { Publisher } from './publisher.ts';
import { judgeVersions, type RetentionVerdict, type StoredVersion } from './retention.ts';

/** What was deleted; in a dry run, what would have been. */
export const cleanUpReportSchema = z.object({
  dryRun: z.boolean(),
  olderThanDays: z.int(),
  versions: z.array(
    z.object({ artifact: z.string(), version: z.string(), ageDays: z.int(), objects: z.int(), bytes: z.int() }),
  ),
  objects: z.int(),
  bytes: z.int(),
  keptVersions: z.int(),
});

export type CleanUpReport = z.infer<typeof cleanUpReportSchema>;

export interface CleanUpOptions {
  /** Whole days since the version was stored, at least 1. @default 7 */
  readonly olderThanDays?: number;
  /** Versions of each artifact that stay, however old they are. @default 0 */
  readonly keepNewest?: number;
  /** Names of the artifacts that are looked at. @default all there are */
  readonly only?: readonly string[];
  /** Says what would be deleted, and deletes nothing. @default false */
  readonly dryRun?: boolean;
}

/**
 * Deletes old versions of every artifact that has a pointer; never the one that it names nor the one before it, and
 * nothing whose key is not of the pattern that publishing writes.
 *
 * @throws {UsageError} `olderThanDays` is not a whole number from 1 on
 */
export async function cleanUpOldArtifacts(
  keeper: Pick<Publisher, 'artifacts' | 'clock' | 'log'>,
  { olderThanDays = 7, keepNewest = 0, only, dryRun = false }: CleanUpOptions = {},
): Promise<CleanUpReport> {
  if (!Number.isInteger(olderThanDays) || olderThanDays < 1) {
    throw new UsageError(`olderThanDays is ${olderThanDays}; it must be a whole number of days, 1 or more`);
  }
  const versions: CleanUpReport['versions'] = [];
  let keptVersions = 0;
  for (const [artifact, stored] of await versionsByName(keeper, only)) {
    const verdicts = await judge(keeper, artifact, { stored, olderThanDays, keepNewest });
    const old = verdicts.filter((verdict) => !verdict.isKept);
    if (!dryRun) await keeper.artifacts.remove(old.flatMap(({ keys }) => keys));
    for (const { version, ageDays, keys, bytes } of old) {
      versions.push({ artifact, version, ageDays, objects: keys.length, bytes });
      keeper.log.info(dryRun ? 'would delete' : 'deleted', { artifact, version, ageDays, bytes });
    }
    keptVersions += verdicts.length - old.length;
  }
  const objects = sum(versions.map((version) => version.objects));
  return { dryRun, olderThanDays, versions, objects, bytes: sum(versions.map(({ bytes }) => bytes)), keptVersions };
}

/** The pointer is read after the listing, so that a version published meanwhile is not taken for an old one. */
async function judge(
  { artifacts, clock }: Pick<Publisher, 'artifacts' | 'clock'>,
  artifact: string,
  { stored, ...rule }: { stored: StoredVersion[]; olderThanDays: number; keepNewest: number },
): Promise<RetentionVerdict[]> {
  const found = await readPointer(artifacts, artifact);
  return found ? judgeVersions(stored, found.pointer, { now: new Date(clock.now()), ...rule }) : [];
}

async function versionsByName(
  { artifacts }: Pick<Publisher, 'artifacts'>,
  only: readonly string[] | undefined,
): Promise<Map<string, StoredVersion[]>> {
  const names = new Map<string, Map<string, StoredVersion>>();
  for await (const { key, sizeBytes, lastModified } of artifacts.list('artifacts/')) {
    const read = readArtifactKey(key);
    if (!read || !('version' in read) || only?.includes(read.name) === false) continue;
    const versions = names.get(read.name) ?? new Map<string, StoredVersion>();
    const known = versions.get(read.version);
    versions.set(read.version, {
      version: read.version,
      keys: [...(known?.keys ?? []), key],
      bytes: (known?.bytes ?? 0) + sizeBytes,
      lastModified: known && known.lastModified > lastModified ? known.lastModified : lastModified,
    });
    names.set(read.name, versions);
  }
  return new Map([...names].map(([name, versions]) => [name, [...versions.values()]]));
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
