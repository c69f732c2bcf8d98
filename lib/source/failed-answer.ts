import { SourceRejectedError, SourceThrottledError, SourceUnavailableError, type TaskError } from '../errors.ts';

/** What came of one attempt that did not succeed. */
export type FailedAnswer =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body: string;
      readonly retryAfterMs: number | undefined;
    }
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  /** An encrypted address led to one that is not. */
  | { readonly kind: 'downgrade'; readonly origin: string }
  | { readonly kind: 'network'; readonly cause: unknown };

/** Longest part of a body that an error quotes. */
const quotedCharacters = 200;

/** Whether the same request may succeed a little later. */
export function isTransient(failed: FailedAnswer): boolean {
  if (failed.kind === 'downgrade') return false;
  if (failed.kind !== 'status') return true;
  return failed.status === 429 || failed.status === 408 || failed.status >= 500;
}

/** What happened, as the part of a sentence after the source's name. */
export function describeFailure(failed: FailedAnswer): string {
  switch (failed.kind) {
    case 'status':
      return `answered ${failed.status}${quote(failed.body)}`;
    case 'timeout':
      return `gave no answer within ${failed.timeoutMs / 1000} s`;
    case 'downgrade':
      return `redirected to ${failed.origin}, which is not encrypted; nothing is taken from there`;
    case 'network':
      return `could not be reached: ${rootMessage(failed.cause)}`;
  }
}

/**
 * The error that the state machine reads.
 *
 * @param what whose answer to which request, and how often it was asked: `the registry, asked 4 times for GET https://…,`
 */
export function errorOf(failed: FailedAnswer, what: string): TaskError {
  const sentence = `${what} ${describeFailure(failed)}`;
  if (failed.kind === 'network') return new SourceUnavailableError(sentence, { cause: failed.cause });
  if (failed.kind === 'timeout') return new SourceUnavailableError(sentence);
  if (failed.kind === 'downgrade') return new SourceRejectedError(sentence);
  if (failed.status === 429) {
    const wish =
      failed.retryAfterMs === undefined ? '' : ` and asks to wait ${Math.ceil(failed.retryAfterMs / 1000)} s`;
    return new SourceThrottledError(`${sentence}${wish}`);
  }
  if (isTransient(failed)) return new SourceUnavailableError(sentence);
  const advice = failed.status === 401 || failed.status === 403 ? '; check its key' : '';
  return new SourceRejectedError(`${sentence}${advice}`);
}

/** The text on one line, cut and in quotes; nothing when it is blank. */
export function quote(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  if (line === '') return '';
  return ` ('${line.length > quotedCharacters ? `${line.slice(0, quotedCharacters)}…` : line}')`;
}

/** `fetch failed` says nothing; what lies beneath it (`connect ECONNREFUSED 127.0.0.1:1`) does. */
function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return rootMessage(error.cause);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
