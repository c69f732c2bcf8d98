import type { ArtifactStore, StoredObject } from './artifact-store.ts';
import { versionKey, versionOfKey, versionPrefix, versionsPrefix } from './key.ts';

/** One version as it lies in the store, with everything below its prefix. */
export interface StoredVersion {
  readonly version: string;
  /** Whether it has a manifest, which is written last: without one, nobody was ever shown it. */
  readonly isWhole: boolean;
  readonly objects: number;
  readonly bytes: number;
  /** Of the object that was written last. */
  readonly lastModified: Date;
}

/** Every version of every artifact, by name. Their keys are counted, not kept: a version may have hundreds of thousands. */
export async function storedVersions(
  store: ArtifactStore,
  only?: readonly string[],
): Promise<Map<string, StoredVersion[]>> {
  const names = new Map<string, Map<string, StoredVersion>>();
  for await (const { key, sizeBytes, lastModified } of artifactObjects(store, only)) {
    const at = versionOfKey(key);
    if (!at) continue;
    const versions = names.get(at.name) ?? new Map<string, StoredVersion>();
    const known = versions.get(at.version);
    versions.set(at.version, {
      version: at.version,
      isWhole: known?.isWhole === true || key === versionKey(at.name, at.version, 'manifest.json'),
      objects: (known?.objects ?? 0) + 1,
      bytes: (known?.bytes ?? 0) + sizeBytes,
      lastModified: known && known.lastModified > lastModified ? known.lastModified : lastModified,
    });
    names.set(at.name, versions);
  }
  return new Map([...names].map(([name, versions]) => [name, [...versions.values()]]));
}

async function* artifactObjects(
  store: ArtifactStore,
  only: readonly string[] | undefined,
): AsyncGenerator<StoredObject> {
  for (const prefix of only?.map(versionsPrefix) ?? ['artifacts/']) yield* store.list(prefix);
}

const keysAtOnce = 1000;

/**
 * Removes everything below a version's prefix; the manifest first, so that what an interruption leaves is no version.
 */
export async function removeVersion(store: ArtifactStore, name: string, version: string): Promise<void> {
  await store.remove([versionKey(name, version, 'manifest.json')]);
  let keys: string[] = [];
  for await (const { key } of store.list(versionPrefix(name, version))) {
    keys.push(key);
    if (keys.length < keysAtOnce) continue;
    await store.remove(keys);
    keys = [];
  }
  await store.remove(keys);
}
