import { StoreRefusedError, StoreUnavailableError } from './store-errors.ts';

const refusals: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'the path is a folder, not a file',
  EEXIST: 'a part of the path is a file, not a folder',
  ENAMETOOLONG: 'the path is too long for the file system',
  ELOOP: 'the path has a loop of symbolic links',
};

/** Whether the error says that no file lies there, as opposed to one that cannot be read. */
export function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error));
}

/**
 * The error as a user of the store should meet it.
 *
 * Errors that are not the file system's pass unchanged, and so does a missing file, which here is the caller's own.
 */
export function storeError(error: unknown, doing: string): unknown {
  const code = codeOf(error);
  if (code === '' || code === 'ENOENT') return error;
  const reason = refusals[code];
  if (reason) return new StoreRefusedError(`cannot ${doing}: ${reason} (${code})`, { cause: error });
  return new StoreUnavailableError(`cannot ${doing}: the file system answered ${code}`, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : '';
}
