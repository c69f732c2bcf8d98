import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

/** One verb of the command line; its file is loaded when the verb is used. */
export interface Command {
  /** In commander's notation: `<flow>` is required, `[flow]` is not. */
  readonly arguments?: readonly { readonly name: string; readonly description: string }[];
  readonly options?: readonly { readonly flags: string; readonly description: string }[];
  /** Tasks run (or may run) in this process, so somebody must answer for their sources. */
  readonly runsTasks?: boolean;
  /** Complete command lines for the help. */
  readonly examples: readonly string[];
  run(invocation: Invocation): Promise<Report>;
}

/** A verb as it was called. */
export interface Invocation {
  readonly world: World;
  readonly terminal: Terminal;
  /** Nothing but the report may be written to stdout. */
  readonly isJson: boolean;
  /** Those that were given, in order. */
  readonly arguments: readonly string[];
  /** By commander's camel-case names; each command parses its own with zod. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a command found out, for people and for machines. */
export interface Report {
  /** Lines for stdout, without the last line break. */
  readonly text: string;
  /** The one document of `--json`. */
  readonly json: unknown;
  /** @default 0 */
  readonly exitCode?: ExitCode;
}

/** The argument at a position that commander has checked to be there. */
export function requiredArgument(invocation: Invocation, position: number): string {
  const value = invocation.arguments[position];
  if (value === undefined) throw new Error(`argument ${position} is declared optional but read as required`);
  return value;
}
