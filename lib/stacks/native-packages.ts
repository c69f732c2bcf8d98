import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fetchPackages } from './fetch-packages.ts';
import { type LockedPackage, readLockfile, runsOn, withDependencies } from './lockfile.ts';

/** The package that loads DuckDB's native code; everything it needs is left out of bundles and travels in the layer. */
export const nativeRoot = '@duckdb/node-bindings';

/** Which processor, and where things lie. */
export interface NativePackagesOptions {
  /** As npm says it: `arm64` or `x64`. */
  readonly cpu: string;
  /** Folder with `package-lock.json` and `node_modules`. */
  readonly projectFolder: string;
}

/**
 * A folder to be used as a Lambda layer: the native packages for Linux on one processor, in the lockfile's versions.
 *
 * Copied from `node_modules` where this machine has them; otherwise fetched once by npm, which refuses what does not
 * match the lockfile's integrity, and kept for next time.
 *
 * @returns the folder, and a digest of what is in it that is the same on every machine
 * @throws {UsageError} they are not installed here and npm could not fetch them
 */
export function nativePackages({ cpu, projectFolder }: NativePackagesOptions): { folder: string; digest: string } {
  const locked = withDependencies(readLockfile(join(projectFolder, 'package-lock.json')), nativeRoot);
  const wanted = Object.entries(locked).filter(([, one]) => runsOn(one, cpu));
  const digest = createHash('sha256').update(JSON.stringify(wanted)).digest('hex');
  const folder = join(projectFolder, 'node_modules/.cache/data-flows/native', `${cpu}-${digest.slice(0, 16)}`);
  if (existsSync(folder)) return { folder, digest };

  mkdirSync(dirname(folder), { recursive: true });
  const workFolder = mkdtempSync(`${folder}-`);
  try {
    const installed = wanted.every(([path, one]) => isInstalled(join(projectFolder, path), one));
    const source = installed ? projectFolder : join(workFolder, 'fetched');
    if (!installed) fetchPackages(source, locked, cpu);
    const layer = join(workFolder, 'layer');
    for (const [path] of wanted) cpSync(join(source, path), join(layer, 'nodejs', path), { recursive: true });
    publish(layer, folder);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
  return { folder, digest };
}

function isInstalled(folder: string, locked: LockedPackage): boolean {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === locked.version;
}

/** Gives the finished folder its name, in one step; whoever came first wins, with the same content. */
function publish(finished: string, folder: string): void {
  try {
    renameSync(finished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}
