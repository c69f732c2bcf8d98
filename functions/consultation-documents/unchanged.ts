import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { versionKey } from '../../lib/artifact/key.ts';
import { type PinnedArtifact, readManifest } from '../../lib/artifact/manifest.ts';
import type { Publication } from '../../lib/artifact/publish.ts';

/** What a flow answers that found nothing to do: the version that readers have, described as a publish would. */
export async function unchanged(artifacts: ArtifactStore, { name, version }: PinnedArtifact): Promise<Publication> {
  const { rows, bytes, sha256, rowsSha256 } = await readManifest(artifacts, name, version);
  const key = versionKey(name, version, 'data.parquet');
  return {
    artifact: name,
    version,
    status: 'unchanged',
    rows,
    bytes,
    sha256,
    rowsSha256,
    key,
    url: `${artifacts.url}/${key}`,
  };
}
