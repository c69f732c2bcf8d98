import { UsageError } from '../errors.ts';
import { checkedKey } from './store-key.ts';

const namePattern = /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/;
const versionPattern = /^\d{8}T\d{6}Z-[A-Za-z0-9_-]{1,80}$/;

/** The files of a version: its two, and charts of its data beside them. */
export type VersionFile = 'data.parquet' | 'manifest.json' | `${string}.svg`;

const chartPattern = /^[a-z][a-z0-9-]*\.svg$/;

/**
 * The name, when an artifact may have it: lower case, digits, `_` and `-`, at most 100 characters, and not the name of
 * another artifact's plain copy.
 *
 * @throws {UsageError}
 */
export function checkedName(name: string): string {
  if (namePattern.test(name) && name.length <= 100 && !name.endsWith('-latest')) return name;
  throw new UsageError(
    `artifact name '${name}' is not allowed; use up to 100 lower-case letters and digits with single '_' or '-' ` +
      `between them, not ending in '-latest', such as 'asset_prices'`,
  );
}

/** @throws {UsageError} the text could not be a version */
export function checkedVersion(version: string): string {
  if (versionPattern.test(version)) return version;
  throw new UsageError(`artifact version '${version}' is not of the form 20261120T061500Z-<execution>`);
}

/** The version that an execution publishes; the same for each of its attempts, and later for later executions. */
export function versionOf(execution: { executionName: string; executionStartedAt: Date }): string {
  const stamp = execution.executionStartedAt.toISOString().replace(/\.\d+Z$/, 'Z');
  return checkedVersion(`${stamp.replaceAll(/[-:]/g, '')}-${execution.executionName}`);
}

export function versionKey(name: string, version: string, file: VersionFile): string {
  return checkedKey(`artifacts/${checkedName(name)}/${checkedVersion(version)}/${file}`);
}

/** What the keys of all versions of an artifact start with. */
export function versionsPrefix(name: string): string {
  return `artifacts/${checkedName(name)}/`;
}

/** What the keys of all files of a version start with. */
export function versionPrefix(name: string, version: string): string {
  return `${versionsPrefix(name)}${checkedVersion(version)}/`;
}

/** The version that a key lies below, whatever file it is; undefined when it lies below none. */
export function versionOfKey(key: string): { name: string; version: string } | undefined {
  const [folder, name = '', version = '', ...rest] = key.split('/');
  const isBelow = folder === 'artifacts' && namePattern.test(name) && versionPattern.test(version) && rest.length > 0;
  return isBelow ? { name, version } : undefined;
}

/** The pointer to the version that readers get. */
export function pointerKey(name: string): string {
  return `artifacts/${checkedName(name)}/latest.json`;
}

/** The current version's data for readers who know nothing of pointers. */
export function plainCopyKey(name: string): string {
  return `artifacts/${checkedName(name)}-latest.parquet`;
}

/** The note of which version's plain copy and event are done. */
export function announcementKey(name: string): string {
  return `artifacts/${checkedName(name)}/announced.json`;
}

/** A file about what failed its checks: the version's own files, or e.g. `rows.jsonl`. */
export function rejectedKey(name: string, version: string, file: string): string {
  return checkedKey(`rejected/${checkedName(name)}/${checkedVersion(version)}/${file}`);
}

/** What a key below `artifacts/` is, or undefined when it is none that this project writes. */
export function readArtifactKey(
  key: string,
): { name: string; version: string; file: VersionFile } | { name: string; file: 'latest.json' } | undefined {
  const [folder, name = '', ...rest] = key.split('/');
  if (folder !== 'artifacts' || !namePattern.test(name)) return undefined;
  if (rest.length === 1 && rest[0] === 'latest.json') return { name, file: 'latest.json' };
  const [version = '', file, ...more] = rest;
  if (!versionPattern.test(version) || more.length > 0) return undefined;
  return isVersionFile(file) ? { name, version, file } : undefined;
}

function isVersionFile(file: string | undefined): file is VersionFile {
  return file === 'data.parquet' || file === 'manifest.json' || (file !== undefined && chartPattern.test(file));
}
