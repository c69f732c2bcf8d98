import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const projectFolder = resolve(import.meta.dirname, '../..');

/** How a run went that nobody disturbed. */
export interface WholeRun {
  readonly durationMs: number;
  readonly exitCode: number | null;
  /** Everything it printed. */
  readonly output: string;
}

/** Runs a script of the project in a folder, to its end. */
export async function runToEnd(folder: string, script: readonly string[]): Promise<WholeRun> {
  const startedAt = performance.now();
  const child = start(folder, script);
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk));
  await once(child, 'close');
  const output = Buffer.concat(printed).toString('utf8');
  return { durationMs: performance.now() - startedAt, exitCode: child.exitCode, output };
}

/** Starts a script and kills it with all that it started; false when it had ended before. */
export async function runAndKill(folder: string, script: readonly string[], afterMs: number): Promise<boolean> {
  const child = start(folder, script);
  child.stdout?.resume();
  child.stderr?.resume();
  const closed = once(child, 'close');
  await Promise.race([pause(afterMs), closed]);
  const wasRunning = child.exitCode === null && child.pid !== undefined;
  // the minus means the whole process group, which `detached` made for this child alone
  if (wasRunning && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await closed;
  return wasRunning && child.signalCode === 'SIGKILL';
}

function start(folder: string, [file = '', ...args]: readonly string[]): ChildProcess {
  const { RESULTS_URL: _, ...env } = process.env;
  const tempFolder = join(folder, 'tmp');
  mkdirSync(tempFolder, { recursive: true });
  return spawn(process.execPath, [resolve(projectFolder, file), ...args], {
    cwd: folder,
    // work folders of killed runs go away with the folder
    env: { ...env, TMPDIR: tempFolder },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
