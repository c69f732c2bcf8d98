import { listArtifacts } from '../artifact/catalog.ts';
import { checkedName, checkedVersion } from '../artifact/key.ts';
import { type Manifest, readManifest } from '../artifact/manifest.ts';
import { type Pointer, readPointer } from '../artifact/pointer.ts';
import { ObjectNotFoundError } from '../artifact/store-errors.ts';
import { UsageError } from '../errors.ts';
import { didYouMean } from './did-you-mean.ts';
import type { World } from './world.ts';

/**
 * The pointer of an artifact.
 *
 * @throws {UsageError} nothing is published under that name; the message names the nearest one
 */
export async function findArtifact({ artifacts, environment }: World, name: string): Promise<Pointer> {
  const found = await readPointer(artifacts, checkedName(name));
  if (found) return found.pointer;
  const names = (await listArtifacts(artifacts)).map((pointer) => pointer.name);
  const nearest = didYouMean(name, names);
  const suggestion = nearest ? `; did you mean '${nearest}'?` : '';
  throw new UsageError(`no artifact '${name}' is published on '${environment.name}'${suggestion}`, {
    hint:
      names.length > 0 ? `published are ${names.join(', ')}` : "nothing is yet; 'flow list' shows the flows that do",
  });
}

/**
 * The manifest of a version, or of the latest one.
 *
 * @throws {UsageError} there is no such version
 */
export async function findManifest(world: World, name: string, version: string | undefined): Promise<Manifest> {
  if (version === undefined)
    return await readManifest(world.artifacts, name, (await findArtifact(world, name)).version);
  try {
    return await readManifest(world.artifacts, checkedName(name), checkedVersion(version));
  } catch (error) {
    if (!(error instanceof ObjectNotFoundError)) throw error;
    throw new UsageError(`artifact '${name}' has no version '${version}' on '${world.environment.name}'`, {
      cause: error,
      hint: `'flow artifacts ${name}' lists those that are kept`,
    });
  }
}
