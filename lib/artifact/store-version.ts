import { fileSha256 } from './file-sha256.ts';
import { versionKey } from './key.ts';
import type { Manifest } from './manifest.ts';
import { ArtifactConflictError } from './publish-errors.ts';
import type { Publisher } from './publisher.ts';
import { ConditionFailedError } from './store-errors.ts';
import { jsonText } from './stored-json.ts';

/**
 * The data that an earlier attempt of this execution stored and did not publish, fetched to a file beside another one;
 * undefined when there is none. The first bytes stored under a version are that version for ever.
 */
export async function storedData(
  { artifacts, log }: Publisher,
  { name, version, besideFile }: { name: string; version: string; besideFile: string },
): Promise<string | undefined> {
  const key = versionKey(name, version, 'data.parquet');
  if (!(await artifacts.head(key))) return undefined;
  const filePath = `${besideFile}.stored`;
  await artifacts.download(key, filePath);
  const isSame = (await fileSha256(filePath)) === (await fileSha256(besideFile));
  log.info('an earlier attempt stored this version; it is published as it was stored', { key, isSame });
  return filePath;
}

/**
 * Writes the data (unless an earlier attempt did) and then the manifest, so that a version with a manifest is whole.
 *
 * The manifest may be replaced until the pointer names the version, because it compares with the version before it.
 *
 * @throws {ArtifactConflictError} another attempt of the same execution is at it right now
 */
export async function storeVersion(
  { artifacts }: Publisher,
  manifest: Manifest,
  dataFile: string | undefined,
): Promise<void> {
  const { name, version } = manifest;
  const manifestKey = versionKey(name, version, 'manifest.json');
  try {
    if (dataFile) await artifacts.upload(versionKey(name, version, 'data.parquet'), dataFile, { ifAbsent: true });
    const seen = await artifacts.head(manifestKey);
    await artifacts.write(manifestKey, jsonText(manifest), seen ? { ifMatch: seen.etag } : { ifAbsent: true });
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    throw new ArtifactConflictError(
      `${version} of '${name}' is being stored already, by another attempt of execution '${manifest.execution}' or by ` +
        'a request of this one whose answer got lost; trying again is safe',
      { cause: error },
    );
  }
}
