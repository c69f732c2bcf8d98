import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** One step of the emulator's script. */
export type Step =
  | { do: 'parameter'; name: string; value: string; type: 'String' | 'SecureString' }
  | { do: 'start'; machine: string; input: object; expect: 'SUCCEEDED'; seconds: number }
  | { do: 'list'; bucket: string; prefix: string; atLeast: number }
  | { do: 'events'; atLeast: number };

/**
 * The script that emulates AWS, or the reason why it cannot be used here.
 *
 * Set EMULATED_AWS to its path, or keep it beside the project.
 */
export function findEmulator(projectFolder: string): { script: string } | { missing: string } {
  const script = process.env.EMULATED_AWS ?? join(projectFolder, '../shared/tools/emulated-aws/emulated_aws.py');
  if (!existsSync(script)) return { missing: `there is no emulator at ${script}; set EMULATED_AWS to its path` };
  const python = spawnSync('python3', ['-c', 'import boto3, moto.server'], { encoding: 'utf8' });
  if (python.error) return { missing: 'there is no python3' };
  if (python.status !== 0) {
    return { missing: `python3 cannot import boto3 and moto[server]: ${python.stderr.trim().split('\n').at(-1)}` };
  }
  return { script };
}

/** Runs a command in the project with its output shown; resolves with the exit code. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
