import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { listArtifacts, listVersions } from '../../lib/artifact/catalog.ts';

/** What a reader of the store could hold against it; empty when all is well. */
export async function complaintsAbout(store: ArtifactStore): Promise<string[]> {
  const complaints: string[] = [];
  for (const pointer of await listArtifacts(store)) {
    const versions = await listVersions(store, pointer.name);
    const latest = versions.find((version) => version.isLatest);
    if (latest?.manifest.sha256 !== pointer.sha256) complaints.push(`${pointer.name}: the pointer leads nowhere`);
    for (const { manifest } of versions) {
      const key = `artifacts/${pointer.name}/${manifest.version}/data.parquet`;
      if ((await sha256Of(store, key)) !== manifest.sha256) complaints.push(`${key} is not what its manifest says`);
    }
    const copy = await sha256Of(store, `artifacts/${pointer.name}-latest.parquet`);
    const mayBe = versions
      .filter(({ manifest }) => [pointer.version, pointer.previousVersion].includes(manifest.version))
      .map(({ manifest }): string | undefined => manifest.sha256);
    if (pointer.previousVersion === null) mayBe.push(undefined);
    if (!mayBe.includes(copy))
      complaints.push(`${pointer.name}: the plain copy is neither the old nor the new version`);
  }
  for await (const { key } of store.list('')) {
    if (!knownKey.test(key)) complaints.push(`${key} is not a key that this project writes`);
  }
  return complaints;
}

const knownKey =
  /^(artifacts\/[a-z0-9_-]+(-latest\.parquet|\/(latest|announced)\.json|\/\d{8}T\d{6}Z-[\w-]+\/(data\.parquet|manifest\.json))|(rejected|results)\/.*)$/;

async function sha256Of(store: ArtifactStore, key: string): Promise<string | undefined> {
  if (!(await store.head(key))) return undefined;
  const { bytes } = await store.read(key);
  return Buffer.from(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))).toString('hex');
}
