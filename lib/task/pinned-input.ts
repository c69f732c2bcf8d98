import { join } from 'node:path';
import { downloadArtifact, resolveArtifact } from '../artifact/catalog.ts';
import type { PinnedArtifact } from '../artifact/manifest.ts';
import { InvalidDataError } from '../errors.ts';
import type { TaskContext } from './task-context.ts';

/**
 * The version of an artifact that an execution reads from here on: the one asked for, or the latest.
 *
 * @throws {InvalidDataError} there is none
 */
export async function pinInput(
  { artifacts }: Pick<TaskContext, 'artifacts'>,
  { name, version, madeBy }: { name: string; version: string | undefined; madeBy: string },
): Promise<PinnedArtifact> {
  const pinned = await resolveArtifact(artifacts, name, version);
  if (pinned) return pinned;
  const what = version === undefined ? `'${name}' was never published to` : `'${name}' has no version ${version} in`;
  throw new InvalidDataError(`${what} ${artifacts.url}; run the flow '${madeBy}' first`);
}

/** Fetches a pinned version into the work folder and answers where it lies. */
export async function downloadInput({ artifacts, workFolder }: TaskContext, pinned: PinnedArtifact): Promise<string> {
  const file = join(workFolder, `${pinned.name}.parquet`);
  await downloadArtifact(artifacts, pinned, file);
  return file;
}
