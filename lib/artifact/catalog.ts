import type { ArtifactStore } from './artifact-store.ts';
import { fileSha256 } from './file-sha256.ts';
import { readArtifactKey, versionKey, versionsPrefix } from './key.ts';
import { type Manifest, type PinnedArtifact, readManifest } from './manifest.ts';
import { type Pointer, readPointer } from './pointer.ts';
import { ChecksumMismatchError, ObjectNotFoundError } from './store-errors.ts';

/** One version of an artifact, as `listVersions` finds it. */
export interface ArtifactVersion {
  readonly manifest: Manifest;
  readonly isLatest: boolean;
  /** False for what a crash or a lost race left: stored whole, never shown to readers by a pointer. */
  readonly isPublished: boolean;
  /** When its data was stored. */
  readonly storedAt: Date;
}

/**
 * The version that readers get now, or the given one, to be pinned for a whole execution; undefined when there is none.
 *
 * @throws {InvalidDataError} the pointer or manifest is damaged
 */
export async function resolveArtifact(
  store: ArtifactStore,
  name: string,
  version?: string,
): Promise<PinnedArtifact | undefined> {
  const found = version === undefined ? (await readPointer(store, name))?.pointer : await find(store, name, version);
  return found && { name, version: found.version, sha256: found.sha256, rows: found.rows };
}

/**
 * Fetches a version's data and proves it.
 *
 * @throws {ObjectNotFoundError} the version is no longer kept
 * @throws {ChecksumMismatchError} the bytes are not those that were published
 */
export async function downloadArtifact(store: ArtifactStore, pinned: PinnedArtifact, filePath: string): Promise<void> {
  const key = versionKey(pinned.name, pinned.version, 'data.parquet');
  await store.download(key, filePath);
  const sha256 = await fileSha256(filePath);
  if (sha256 === pinned.sha256) return;
  throw new ChecksumMismatchError(
    `'${key}' in ${store.url} has SHA-256 ${sha256} instead of ${pinned.sha256}; publish it again`,
  );
}

/** The pointers of all artifacts, by name. */
export async function listArtifacts(store: ArtifactStore): Promise<Pointer[]> {
  const pointers: Pointer[] = [];
  for await (const { key } of store.list('artifacts/')) {
    const read = readArtifactKey(key);
    const found = read?.file === 'latest.json' ? await readPointer(store, read.name) : undefined;
    if (found) pointers.push(found.pointer);
  }
  return pointers;
}

/** Every whole version that is kept, newest first. */
export async function listVersions(store: ArtifactStore, name: string): Promise<ArtifactVersion[]> {
  const latest = (await readPointer(store, name))?.pointer.version;
  const stored: { manifest: Manifest; storedAt: Date }[] = [];
  for await (const { key, lastModified } of store.list(versionsPrefix(name))) {
    const read = readArtifactKey(key);
    if (read?.file !== 'data.parquet') continue;
    const manifest = await find(store, name, read.version);
    if (manifest) stored.unshift({ manifest, storedAt: lastModified });
  }
  const published = new Set(chainFrom(latest, new Map(stored.map(({ manifest }) => [manifest.version, manifest]))));
  return stored.map(({ manifest, storedAt }) => ({
    manifest,
    isLatest: manifest.version === latest,
    isPublished: published.has(manifest.version),
    storedAt,
  }));
}

/** The versions that were latest one after the other, as far back as they are kept. */
function* chainFrom(latest: string | undefined, manifests: ReadonlyMap<string, Manifest>): Generator<string> {
  for (let version: string | null | undefined = latest; version; ) {
    yield version;
    version = manifests.get(version)?.previousVersion;
  }
}

async function find(store: ArtifactStore, name: string, version: string): Promise<Manifest | undefined> {
  try {
    return await readManifest(store, name, version);
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}
