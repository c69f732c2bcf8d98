import { UsageError } from '../errors.ts';

const printableAscii = /^[\x20-\x5b\x5d-\x7e]+$/;

/**
 * The key, when every store can hold it; one rule for directories and buckets, so that neither surprises.
 *
 * Segments are printable ASCII without `\`, 1–255 characters each, never `.` or `..`; the first does not start with a
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
  if (key.length > 1024) return `has ${key.length} characters; at most 1,024 are allowed`;
  if (!printableAscii.test(key)) return 'has a character other than printable ASCII, or a backslash';
  const segments = key.split('/');
  if (segments.some((segment) => segment === '' || segment.length > 255)) {
    return 'has an empty segment, or one longer than 255 characters';
  }
  return segments.some((segment) => segment === '.' || segment === '..') ? "has a segment '.' or '..'" : undefined;
}
