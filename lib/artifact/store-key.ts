import { UsageError } from '../errors.ts';

const printable = /^[^\p{Cc}\p{Cs}\\]+$/u;

/**
 * The key, when every store can hold it; one rule for directories and buckets, so that neither surprises.
 *
 * Segments are printable characters without `\`, 1–255 bytes in UTF-8 each, never `.` or `..`; the first does not start with a
 * dot, because such names are the stores' own.
 *
 * @throws {UsageError} the key breaks a rule; the message says which
 */
export function checkedKey(key: string): string {
  const problem = problemOf(key);
  if (problem) throw new UsageError(`store key '${key}' ${problem}`);
  return key;
}

/** The prefix, when keys could start with it; the empty one lists everything. */
export function checkedPrefix(prefix: string): string {
  if (prefix !== '') checkedKey(`${prefix}x`);
  return prefix;
}

function problemOf(key: string): string | undefined {
  if (key === '') return 'is empty';
  if (key.startsWith('/')) return 'starts with a slash; keys are relative to the store';
  if (key.startsWith('.')) return 'starts with a dot; such names are reserved for the store itself';
  if (!printable.test(key)) return 'has a control character, half a character, or a backslash';
  const bytes = Buffer.byteLength(key);
  if (bytes > 1024) return `has ${bytes} bytes; at most 1,024 are allowed`;
  const segments = key.split('/');
  if (segments.some((segment) => segment === '' || Buffer.byteLength(segment) > 255)) {
    return 'has an empty segment, or one longer than 255 bytes';
  }
  return segments.some((segment) => segment === '.' || segment === '..') ? "has a segment '.' or '..'" : undefined;
}
