import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvFile } from 'node:process';
import { UsageError } from '../lib/errors.ts';

/**
 * Makes the settings of a folder's `.env` variables of this process, so that libraries see them too (`AWS_PROFILE`);
 * what the process has been given already wins.
 *
 * @throws {UsageError} the file is there but cannot be read
 */
export function loadSettings(folder: string): void {
  const file = join(folder, '.env');
  if (!existsSync(file)) return;
  try {
    loadEnvFile(file);
  } catch (error) {
    throw new UsageError(`cannot read the settings file '${file}'`, { cause: error });
  }
}
