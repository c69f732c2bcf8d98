import * as z from 'zod';
import type { ArtifactStore } from './artifact-store.ts';
import { checkedName } from './key.ts';
import { ObjectNotFoundError } from './store-errors.ts';
import { checkedKey } from './store-key.ts';
import { readJson } from './stored-json.ts';

/** What every pointer besides `latest.json` says; whoever writes one decides what else it says. */
const furtherPointerSchema = z.looseObject({
  /** All that its readers may come to through it. */
  versions: z.array(z.string()),
});

/**
 * The key of a pointer besides `latest.json`, where the versions of one artifact hold many things, each with readers of
 * its own. Versions that it names are kept as long as it is there.
 *
 * @param place one or more parts, without the ending
 */
export function furtherPointerKey(name: string, place: string): string {
  return checkedKey(`${furtherPointersPrefix(name)}${place}.json`);
}

/**
 * The versions that some pointer besides `latest.json` names.
 *
 * @throws {InvalidDataError} one of them cannot be understood
 */
export async function versionsPointedTo(store: ArtifactStore, name: string): Promise<Set<string>> {
  const versions = new Set<string>();
  for await (const { key } of store.list(furtherPointersPrefix(name))) {
    const pointer = await readJson(store, key, furtherPointerSchema).catch((error: unknown) => {
      if (error instanceof ObjectNotFoundError) return undefined;
      throw error;
    });
    for (const version of pointer?.value.versions ?? []) versions.add(version);
  }
  return versions;
}

function furtherPointersPrefix(name: string): string {
  return `artifacts/${checkedName(name)}/pointers/`;
}
