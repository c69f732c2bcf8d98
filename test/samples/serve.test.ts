import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { root } from '../support/source-files.ts';

function serve(port: string) {
  return spawn(process.execPath, [join(root, 'samples/serve.ts'), '--port', port]);
}

describe('samples/serve.ts', () => {
  it('says in one JSON line where it is and which settings use it, and serves', async () => {
    const server = serve('0');
    const [line] = await once(createInterface(server.stdout), 'line');
    const { url, settings } = JSON.parse(line);

    const response = await fetch(`${url}/elsewhere`);
    server.kill();

    expect(settings).toMatchObject({ VERRA_API_URL: url, VERRA_FROM_MONTH: '2024-01', VERRA_TO_MONTH: '2025-12' });
    expect(response.status).toBe(404);
  });

  it('refuses a port that is none', async () => {
    const server = serve('http');
    const [text] = await once(server.stderr.setEncoding('utf8'), 'data');
    const [exitCode] = await once(server, 'exit');

    expect([text, exitCode]).toEqual(["--port 'http' is not a port; allowed are 0 (any free one) to 65535\n", 2]);
  });
});
