import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { StatesError, TaskError, UsageError } from '../errors.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** An error as a person reads it, and what the shell learns. */
export interface Explanation {
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
  readonly exitCode: ExitCode;
}

/** Tells mistakes of the person (sentence, exit 2) from ours (stack trace, exit 70). */
export function explainError(error: unknown): Explanation {
  if (error instanceof CommanderError) {
    return { message: inOurWords(error.message), exitCode: exitCodes.couldNotStart };
  }
  if (error instanceof UsageError) {
    return { message: error.message, ...(error.hint && { hint: error.hint }), exitCode: exitCodes.couldNotStart };
  }
  if (error instanceof TaskError || error instanceof StatesError) {
    return { message: error.message, exitCode: exitCodes.couldNotStart };
  }
  return {
    message: `this is a bug in data-flows\n${inspect(error)}`,
    hint: 'nothing was wrong with your command; please report it with the lines above',
    exitCode: exitCodes.bug,
  };
}

/** Commander's sentences in the form of ours: `unknown command 'lst'; did you mean 'list'?`. */
function inOurWords(message: string): string {
  return message.replace(/^error: /, '').replace(/\n\(Did you mean (?:one of )?(.+)\?\)$/, "; did you mean '$1'?");
}
