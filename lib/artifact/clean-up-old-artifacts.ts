import * as z from 'zod';
import type { Keeping } from '../contract.ts';
import { UsageError } from '../errors.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { versionsPointedTo } from './further-pointers.ts';
import { versionKey } from './key.ts';
import { keepingSchema } from './manifest.ts';
import { type Pointer, readPointer } from './pointer.ts';
import type { Publisher } from './publisher.ts';
import { judgeVersions, type RetentionVerdict } from './retention.ts';
import { readJson } from './stored-json.ts';
import { removeVersion, type StoredVersion, storedVersions } from './stored-versions.ts';

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
  /**
   * Names of the artifacts that are looked at, whatever their contracts say of keeping. @default all there are, and
   * what a contract keeps longer stays longer
   */
  readonly only?: readonly string[];
  /** Says what would be deleted, and deletes nothing. @default false */
  readonly dryRun?: boolean;
}

/**
 * Deletes old versions of every artifact that has a pointer, and what is left of versions that were never whole; never
 * what a pointer names nor the version before the latest, and nothing that lies below no version. With a version goes
 * everything below its prefix.
 *
 * @throws {UsageError} `olderThanDays` is not a whole number from 1 on
 * @throws {InvalidDataError} a pointer of an artifact that has old versions cannot be understood
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
  for (const [artifact, stored] of await storedVersions(keeper.artifacts, only)) {
    // read after the listing, so that a version published meanwhile is not taken for an old one
    const pointer = (await readPointer(keeper.artifacts, artifact))?.pointer;
    const keeps = only || !pointer ? undefined : await readKeeping(keeper.artifacts, pointer);
    const old = await oldVersions(keeper, {
      artifact,
      stored,
      pointer,
      olderThanDays: Math.max(olderThanDays, keeps?.days ?? 0),
      keepNewest: Math.max(keepNewest, keeps?.versions ?? 0),
    });
    for (const { version, ageDays, objects, bytes } of old) {
      if (!dryRun) await removeVersion(keeper.artifacts, artifact, version);
      versions.push({ artifact, version, ageDays, objects, bytes });
      keeper.log.info(dryRun ? 'would delete' : 'deleted', { artifact, version, ageDays, objects, bytes });
    }
    keptVersions += stored.length - old.length;
  }
  const objects = sum(versions.map((version) => version.objects));
  return { dryRun, olderThanDays, versions, objects, bytes: sum(versions.map(({ bytes }) => bytes)), keptVersions };
}

/** Of the rest of a manifest nothing is asked: what an earlier release wrote must not stop the clean-up. */
async function readKeeping(store: ArtifactStore, { name, version }: Pointer): Promise<Keeping | undefined> {
  return (await readJson(store, versionKey(name, version, 'manifest.json'), keepingSchema)).value.keeps;
}

async function oldVersions(
  { artifacts, clock }: Pick<Publisher, 'artifacts' | 'clock'>,
  found: {
    artifact: string;
    stored: StoredVersion[];
    pointer: Pointer | undefined;
    olderThanDays: number;
    keepNewest: number;
  },
): Promise<RetentionVerdict[]> {
  const { artifact, stored, pointer, ...rule } = found;
  const verdicts = judgeVersions(stored, pointer, { now: new Date(clock.now()), ...rule });
  const old = verdicts.filter(({ isKept }) => !isKept);
  if (old.length === 0) return [];
  const pointedTo = await versionsPointedTo(artifacts, artifact);
  return old.filter(({ version }) => !pointedTo.has(version));
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
