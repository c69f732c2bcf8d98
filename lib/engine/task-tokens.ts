import type { Json } from '../json.ts';
import type { Failure } from './failure.ts';

/** What came back for a task token. */
export type TokenOutcome = { readonly output: Json } | { readonly failure: Failure };

/** A task that waits for its token to come back. */
export interface TokenHolder {
  settle(outcome: TokenOutcome): void;
  heartbeat(): void;
}

/** The tokens that are out, by their text. */
export interface TaskTokens {
  issue(token: string, holder: TokenHolder): void;
  /** Undefined for a token that never was, has come back, or belongs to a task that has ended. */
  find(token: string): TokenHolder | undefined;
  revoke(token: string): void;
}

/** The tokens of one process. */
export function createTaskTokens(): TaskTokens {
  const holders = new Map<string, TokenHolder>();
  return {
    issue(token, holder) {
      holders.set(token, holder);
    },
    find: (token) => holders.get(token),
    revoke(token) {
      holders.delete(token);
    },
  };
}
