import type { ExecutionStatus } from '../execution/execution.ts';

/** What the shell learns from a command; scripts rely on these, so they never change. */
export const exitCodes = {
  succeeded: 0,
  /** The execution did not succeed, or a check found errors. */
  failed: 1,
  /** A mistake in the command, its input or its settings; nothing was written. */
  couldNotStart: 2,
  /** Ours: the stack trace is on stderr. */
  bug: 70,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The code of a command that waited for an execution, or started one and left it running. */
export function exitCodeOf(status: ExecutionStatus): ExitCode {
  return status === 'SUCCEEDED' || status === 'RUNNING' ? exitCodes.succeeded : exitCodes.failed;
}
