import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { UsageError } from '../errors.ts';
import type { App } from './app.ts';

/** A server that listens. */
export interface ListeningServer {
  /** Such as `http://127.0.0.1:4200`. */
  readonly url: string;
  /** Hangs up on every client and gives the port back. */
  close(): Promise<void>;
}

/** Largest request that is read, in bytes: a definition of 1 MB, escaped. */
const maxBodyBytes = 8 * 1024 * 1024;

/** Longer than SDKs keep an idle connection, so that they hang up first; in milliseconds. */
const keepAliveMs = 65_000;

const host = '127.0.0.1';

/**
 * Lets an app answer on a port of the loopback interface; port 0 takes any that is free.
 *
 * @throws {UsageError} the port is taken, or not allowed
 */
export async function listen(app: App, port: number): Promise<ListeningServer> {
  const server = createServer((incoming, outgoing) => {
    handle(app, incoming, outgoing).catch((error: unknown) => outgoing.destroy(asError(error)));
  });
  server.keepAliveTimeout = keepAliveMs;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, port)));
  server.listen(port, host, resolve);
  await promise;
  return { url: urlOf(server), close: () => close(server) };
}

async function handle(app: App, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const body = await readBody(incoming);
  if (body === undefined) {
    outgoing.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const response = await app(requestOf(incoming, body, gone.signal));
  const content = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'content-length': content.length });
  outgoing.end(incoming.method === 'HEAD' ? undefined : content);
}

/** Undefined when it is too long. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of incoming) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function requestOf(incoming: IncomingMessage, body: Buffer, signal: AbortSignal): Request {
  const { method = 'GET', headers } = incoming;
  const known = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  const url = new URL(incoming.url ?? '/', `http://${headers.host ?? host}`);
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(url, { method, headers: known, signal, ...(hasBody && { body: new Uint8Array(body) }) });
}

function urlOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server listens on no port');
  return `http://${host}:${address.port}`;
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  await promise;
}

function cannotListen(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new UsageError(`port ${port} is taken by another program`, { cause: error, hint: 'choose one with --port' });
  }
  if (error.code === 'EACCES') {
    return new UsageError(`port ${port} is not allowed for this user`, { cause: error, hint: 'choose one above 1023' });
  }
  return error;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
