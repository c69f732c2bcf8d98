import { InvalidDataError } from '../../lib/errors.ts';

/** Files of this name are known to hold text where figures should be. */
const textFile = /_str(.\d*)?.parquet.gzip$/;

/** The files of a request that may hold figures, in order. */
export function numericFiles(paths: readonly string[]): string[] {
  if (paths.length === 0) throw new InvalidDataError('No parquet files provided');
  const numeric = paths.filter((path) => !textFile.test(path));
  if (numeric.length === 0) throw new InvalidDataError('No numeric parquet files');
  return numeric;
}
