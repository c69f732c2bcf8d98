import { pathToFileURL } from 'node:url';
import { listArtifacts } from '../../lib/artifact/catalog.ts';
import { readManifest } from '../../lib/artifact/manifest.ts';
import { openStore } from '../../lib/artifact/open-store.ts';

/** What must be the same wherever an artifact was made. */
export interface ArtifactFacts {
  readonly name: string;
  readonly rows: number;
  readonly rowsSha256: string;
}

/** The current versions of all artifacts in a store that lies in a folder, by name. */
export async function artifactFacts(folder: string): Promise<ArtifactFacts[]> {
  const store = await openStore(pathToFileURL(folder).href);
  const pointers = await listArtifacts(store);
  const facts = pointers.map(async ({ name, version }) => {
    const { rows, rowsSha256 } = await readManifest(store, name, version);
    return { name, rows, rowsSha256 };
  });
  return (await Promise.all(facts)).sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * One sentence for every artifact that is not the same in both; empty when all are.
 *
 * @param countedOnly artifacts of which only the number of rows is compared
 */
export function differences(
  deployed: readonly ArtifactFacts[],
  local: readonly ArtifactFacts[],
  countedOnly: readonly string[] = [],
): string[] {
  const names = [...new Set([...deployed, ...local].map(({ name }) => name))];
  return names.flatMap((name) => {
    const there = deployed.find((facts) => facts.name === name);
    const here = local.find((facts) => facts.name === name);
    if (!there) return [`${name} was published by the local run only`];
    if (!here) return [`${name} was published by the deployed run only`];
    const isSame = there.rowsSha256 === here.rowsSha256 || countedOnly.includes(name);
    if (isSame && there.rows === here.rows) return [];
    return [
      `${name} differs: ${there.rows} rows (${there.rowsSha256}) deployed, ${here.rows} (${here.rowsSha256}) local`,
    ];
  });
}
