import { createServer, request as httpRequest } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { App } from '../../lib/console/app.ts';
import { type ListeningServer, listen } from '../../lib/console/server.ts';
import { UsageError } from '../../lib/errors.ts';

const servers: ListeningServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serving(app: App): Promise<ListeningServer> {
  const server = await listen(app, 0);
  servers.push(server);
  return server;
}

test('hands requests to the app and its answers back', async () => {
  const seen: unknown[] = [];
  const { url } = await serving(async (request) => {
    seen.push([request.method, new URL(request.url).pathname, request.headers.get('x-given'), await request.text()]);
    return new Response('answer', { status: 201, headers: { 'x-told': 'yes' } });
  });

  const response = await fetch(`${url}/path`, { method: 'POST', headers: { 'x-given': 'a' }, body: 'question' });

  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(seen).toEqual([['POST', '/path', 'a', 'question']]);
  expect([response.status, response.headers.get('x-told'), await response.text()]).toEqual([201, 'yes', 'answer']);
  expect(response.headers.get('content-length')).toBe('6');
});

test('refuses a body of more than 8 MiB before it has read it all', async () => {
  const { url } = await serving(async () => new Response('read'));

  const response = await fetch(url, { method: 'POST', body: Buffer.alloc(8 * 1024 * 1024 + 1) }).catch(() => undefined);

  // the server hangs up; a client that still writes may see that instead of the answer
  expect(response?.status ?? 413).toBe(413);
});

test('aborts the signal of a request whose client hangs up', async () => {
  const aborted = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const { url } = await serving(async ({ signal }) => {
    signal.addEventListener('abort', () => aborted.resolve());
    arrived.resolve();
    await aborted.promise;
    return new Response();
  });

  const client = httpRequest(url, { method: 'POST' });
  client.on('error', () => undefined);
  client.end('{}');
  await arrived.promise;
  client.destroy();

  await expect(aborted.promise).resolves.toBeUndefined();
});

test('hangs up on whoever still waits when it is closed', async () => {
  const arrived = Promise.withResolvers<void>();
  const server = await listen(async () => {
    arrived.resolve();
    return new Promise(() => undefined);
  }, 0);
  const waiting = fetch(server.url, { method: 'POST', body: '{}' }).then(
    () => 'answered',
    () => 'hung up',
  );
  await arrived.promise;

  await server.close();

  expect(await waiting).toBe('hung up');
});

test('says in a sentence that the port is taken', async () => {
  const { url } = await serving(async () => new Response());
  const port = Number(new URL(url).port);

  const refused = listen(async () => new Response(), port);

  await expect(refused).rejects.toBeInstanceOf(UsageError);
  await expect(refused).rejects.toMatchObject({
    message: `port ${port} is taken by another program`,
    hint: 'choose one with --port',
  });
});

test('listens on the loopback interface only', async () => {
  const { url } = await serving(async () => new Response());
  const port = Number(new URL(url).port);

  // the same port is still free on every other address of the machine
  const other = createServer();
  const result = await new Promise((resolve) => {
    other.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    other.listen(port, '127.0.0.2', () => resolve('free'));
  });
  other.close();

  expect(result).toBe('free');
});
