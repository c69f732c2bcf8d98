import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const projectFolder = resolve(import.meta.dirname, '../..');

/** How a run went that nobody disturbed. */
export interface WholeRun {
  readonly durationMs: number;
  /** From the first thing it printed to its end. */
  readonly afterOutputMs: number;
  readonly exitCode: number | null;
  /** Everything it printed. */
  readonly output: string;
}

/** Runs a script of the project in a folder, to its end. */
export async function runToEnd(folder: string, script: readonly string[]): Promise<WholeRun> {
  const startedAt = performance.now();
  let outputAt: number | undefined;
  const child = start(folder, script);
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      outputAt ??= performance.now();
      printed.push(chunk);
    });
  }
  await once(child, 'close');
  const endedAt = performance.now();
  const output = Buffer.concat(printed).toString('utf8');
  const afterOutputMs = endedAt - (outputAt ?? endedAt);
  return { durationMs: endedAt - startedAt, afterOutputMs, exitCode: child.exitCode, output };
}

/** The same in a new folder, where nothing may go wrong. */
export async function runWhole(folder: string, script: readonly string[]): Promise<WholeRun> {
  mkdirSync(folder, { recursive: true });
  const run = await runToEnd(folder, script);
  if (run.exitCode !== 0) throw new Error(`an undisturbed run ended with exit code ${run.exitCode}:\n${run.output}`);
  return run;
}

/** Starts a script and kills it with all that it started; false when it had ended before. */
export async function runAndKill(
  folder: string,
  script: readonly string[],
  moment: { afterMs: number; from: 'start' | 'first output' },
): Promise<boolean> {
  const child = start(folder, script);
  const closed = once(child, 'close');
  const printed = child.stdout ? once(child.stdout, 'data') : closed;
  child.stdout?.resume();
  child.stderr?.resume();
  if (moment.from === 'first output') await Promise.race([printed, closed]);
  await Promise.race([pause(moment.afterMs), closed]);
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
