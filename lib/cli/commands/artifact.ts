import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { ArtifactStore } from '../../artifact/artifact-store.ts';
import { downloadArtifact } from '../../artifact/catalog.ts';
import { versionKey } from '../../artifact/key.ts';
import type { Manifest } from '../../artifact/manifest.ts';
import type { Json } from '../../json.ts';
import { sayManifest } from '../artifact-report.ts';
import { type Command, requiredArgument } from '../command.ts';
import { findManifest } from '../find-artifact.ts';
import { parseCount } from '../parse-count.ts';

const Options = z.object({ version: z.string().optional(), rows: z.string().optional() });
const defaultRows = 3;

/** Everything about one version of an artifact, and its first rows. */
export const artifact: Command = {
  arguments: [{ name: '<name>', description: 'name of the artifact' }],
  options: [
    { flags: '--version <version>', description: 'a version of it; the latest when left out' },
    { flags: '--rows <count>', description: `rows shown; 0 leaves the data alone (default: ${defaultRows})` },
  ],
  examples: [
    'flow artifact <artifact>',
    'flow artifact <artifact> --rows 10',
    'flow artifact <artifact> --env prod --rows 0',
  ],
  async run(invocation) {
    const { world } = invocation;
    const options = Options.parse(invocation.options);
    const limit = parseCount(options.rows, '--rows', 0) ?? defaultRows;
    const manifest = await findManifest(world, requiredArgument(invocation, 0), options.version);
    const preview = limit === 0 ? [] : await firstRows(world.artifacts, manifest, limit);
    const url = `${world.artifacts.url.replace(/\/$/, '')}/${versionKey(manifest.name, manifest.version, 'data.parquet')}`;
    return { text: sayManifest(invocation, manifest, { preview, url }), json: { ...manifest, url, preview } };
  },
};

async function firstRows(
  store: ArtifactStore,
  manifest: Manifest,
  limit: number,
): Promise<readonly Readonly<Record<string, Json>>[]> {
  const folder = await mkdtemp(join(tmpdir(), 'flow-artifact-'));
  try {
    const filePath = join(folder, 'data.parquet');
    await downloadArtifact(store, manifest, filePath);
    const { previewRows } = await import('../../table/preview-rows.ts');
    return await previewRows(filePath, limit);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
