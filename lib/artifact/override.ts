import { type Manifest, readRejectedManifest } from './manifest.ts';
import type { Publisher } from './publisher.ts';
import { ObjectNotFoundError } from './store-errors.ts';

/**
 * Someone's decision that a change of size or columns is meant: `version` is the version that readers have now, or the
 * one that was rejected for leaving it. It works once, because publishing moves the pointer on.
 */
export interface Override {
  readonly artifact: string;
  readonly version: string;
}

/** Whether the override is about this artifact and about the version that would be replaced now. Says so in the log. */
export async function isDriftAccepted(
  { artifacts, log }: Publisher,
  { accept, name, previous }: { accept: Override | undefined; name: string; previous: Manifest | undefined },
): Promise<boolean> {
  if (!previous || accept?.artifact !== name) return false;
  const overridden = accept.version === previous.version ? previous.version : await leftBy(accept);
  const isAccepted = overridden === previous.version;
  const fields = { artifact: name, version: accept.version, previousVersion: previous.version };
  if (isAccepted) log.warn('drift is accepted by an override', fields);
  else log.warn('the override is used up or about another version; it is ignored', fields);
  return isAccepted;

  async function leftBy({ artifact, version }: Override): Promise<string | null | undefined> {
    try {
      return (await readRejectedManifest(artifacts, artifact, version)).previousVersion;
    } catch (error) {
      if (error instanceof ObjectNotFoundError) return undefined;
      throw error;
    }
  }
}
