import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../support/source-files.ts';

/** How a command of the real program is started. */
export interface RunOptions {
  /** Its `.flow/` and `.env` lie here. */
  readonly folder: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Options of node itself. */
  readonly nodeOptions?: readonly string[];
}

/** Starts `flow …` as its own process, without a terminal and without this process's AWS settings. */
export function startFlow(argv: readonly string[], options: RunOptions): ChildProcessWithoutNullStreams {
  const variables = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|RESULTS_URL$|VITEST|NODE_OPTIONS$)/.test(name),
  );
  return spawn(process.execPath, [...(options.nodeOptions ?? []), join(root, 'bin/flow.ts'), ...argv], {
    cwd: options.folder,
    env: { ...Object.fromEntries(variables), ...options.variables },
  });
}

/** Runs `flow …` to its end. */
export async function runFlow(argv: readonly string[], options: RunOptions) {
  const child = startFlow(argv, options);
  child.stdin.end();
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { stdout, stderr, exitCode: child.exitCode };
}
