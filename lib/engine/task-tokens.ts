import type { Json } from '../json.ts';
import type { Failure } from './failure.ts';
import type { Run } from './run.ts';

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

/** A token for a visit to a Task state, which nobody could guess. */
export function newTaskToken({ identity, world, history }: Run, enteredEventId: number): string {
  const random = Array.from({ length: 4 }, () => Math.floor(world.clock.chance() * 2 ** 32).toString(36)).join('');
  const plain = `${identity.executionArn}#${enteredEventId}#${history.length}#${random}`;
  return Buffer.from(plain).toString('base64url');
}
