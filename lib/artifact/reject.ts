import { InvalidDataError } from '../errors.ts';
import { failedChecks } from '../table/contract-report.ts';
import { isDriftCheck } from './drift.ts';
import { rejectedKey } from './key.ts';
import type { Manifest, ManifestCheck } from './manifest.ts';
import type { Publisher } from './publisher.ts';
import { jsonText } from './stored-json.ts';

/**
 * Returns when every check that may forbid publishing has passed; otherwise keeps the data and the reasons below
 * `rejected/`.
 *
 * @throws {InvalidDataError} says which rules and which rows
 */
export async function refuseBrokenPromises(publisher: Publisher, manifest: Manifest, dataFile: string): Promise<void> {
  const failed = failedChecks(manifest);
  if (failed.length === 0) return;
  const { name, version } = manifest;
  const reasons = failed.map((check) => `${check.name}: ${check.detail}`);
  const rejected: Manifest = { ...manifest, status: 'rejected', reasons };
  await publisher.artifacts.upload(rejectedKey(name, version, 'data.parquet'), dataFile);
  await publisher.artifacts.write(rejectedKey(name, version, 'manifest.json'), jsonText(rejected));
  publisher.log.warn('artifact rejected', { artifact: name, version, reasons });
  throw new InvalidDataError(
    `artifact '${name}' is not published, because ${reasons.join('; ')}; ` +
      `the rejected data is kept under rejected/${name}/${version}/${hint(manifest, failed)}`,
  );
}

function hint({ name, previousVersion }: Manifest, failed: readonly ManifestCheck[]): string {
  if (!failed.every(isDriftCheck)) return '';
  const accept = JSON.stringify({ artifact: name, version: previousVersion });
  return `; if the change is meant, run again with accept ${accept}`;
}
