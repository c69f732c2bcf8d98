import { InvalidDataError } from '../../../lib/errors.ts';
import type { SecretSource } from '../../../lib/secret/secret-source.ts';
import type { JobLimits } from '../text-extraction/limited-worker.ts';

/** What one file may use. */
export interface ExtractionLimits extends JobLimits {
  readonly maxFileMiB: number;
}

/** The limits that the settings give, or the defaults. */
export async function extractionLimits(settings: SecretSource): Promise<ExtractionLimits> {
  return {
    seconds: await wholeNumber(settings, 'EXTRACTION_SECONDS_PER_FILE', 60),
    memoryMiB: await wholeNumber(settings, 'EXTRACTION_MEMORY_MIB', 512),
    maxFileMiB: await wholeNumber(settings, 'EXTRACTION_MAX_FILE_MIB', 100),
  };
}

async function wholeNumber(settings: SecretSource, name: string, standard: number): Promise<number> {
  const text = await settings.find(name);
  if (text === undefined) return standard;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidDataError(`setting ${name} is '${text}'; write a whole number, such as ${standard}`);
}
