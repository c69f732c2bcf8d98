import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether this machine's python3 has moto, an S3 that others wrote. */
export function hasMoto(): boolean {
  const probe = 'import importlib.util, sys; sys.exit(0 if importlib.util.find_spec("moto") else 1)';
  return spawnSync('python3', ['-c', probe]).status === 0;
}

/** Starts moto's server on a free port of 127.0.0.1 and waits until it answers. */
export async function startMoto(): Promise<AsyncDisposable & { readonly url: string }> {
  const port = await freePort();
  const server = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await answering(url, server);
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.kill();
      await once(server, 'exit');
    },
  };
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const isUp = await fetch(`${url}/moto-api/`).then(
      () => true,
      () => false, // refused until the server listens
    );
    if (isUp) return;
    await pause(50);
  }
  throw new Error(`moto ended with exit code ${server.exitCode} before it answered`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the probe has no port');
  return address.port;
}
