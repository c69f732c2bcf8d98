import type { Clock } from '../clock.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { expiryOf } from './expiry.ts';

/** How long what failed its checks is kept, everywhere. */
export const rejectedRetentionDays = 30;

/** What expired of one class. */
export interface Expired {
  readonly prefix: 'results/' | 'rejected/';
  readonly objects: number;
  readonly bytes: number;
}

export interface ExpiryOptions {
  /** The environment's. */
  readonly resultRetentionDays: number;
  /** Counts what would be removed, and removes nothing. @default false */
  readonly dryRun?: boolean;
}

/** Removes results and rejected data by age, as the lifecycle rules of a bucket would; for stores that have none. */
export async function expireResults(
  { artifacts, clock }: { artifacts: ArtifactStore; clock: Clock },
  { resultRetentionDays, dryRun = false }: ExpiryOptions,
): Promise<Expired[]> {
  const classes = [
    { prefix: 'results/', retentionDays: resultRetentionDays },
    { prefix: 'rejected/', retentionDays: rejectedRetentionDays },
  ] as const;
  const report: Expired[] = [];
  for (const { prefix, retentionDays } of classes) {
    const keys: string[] = [];
    let bytes = 0;
    for await (const { key, sizeBytes, lastModified } of artifacts.list(prefix)) {
      if (expiryOf(lastModified, retentionDays).getTime() > clock.now()) continue;
      keys.push(key);
      bytes += sizeBytes;
    }
    if (!dryRun) await artifacts.remove(keys);
    report.push({ prefix, objects: keys.length, bytes });
  }
  return report;
}
