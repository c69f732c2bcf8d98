import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one request for a file is answered. */
export interface FileAnswer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Breaks off after half of the body. @default false */
  readonly isCut?: boolean;
}

/** A small web server with files, on loopback. */
export interface FileServer extends AsyncDisposable {
  readonly url: string;
  /** `/path?query` of every request so far, oldest first. */
  readonly requests: readonly string[];
}

/** Starts it on a free port of 127.0.0.1; each path gives its answers in turn, the last one again and again. */
export async function startFileServer(
  files: Readonly<Record<string, readonly [FileAnswer, ...FileAnswer[]]>>,
): Promise<FileServer> {
  const requests: string[] = [];
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const target = request.url ?? '/';
    const [path = '/'] = target.split('?');
    requests.push(target);
    const answers = files[path] ?? [{ status: 404, body: 'no such file' }];
    const times = asked.get(path) ?? 0;
    asked.set(path, times + 1);
    const { status = 200, headers = {}, body = '', isCut = false } = answers[Math.min(times, answers.length - 1)] ?? {};
    const bytes = Buffer.from(body);
    response.writeHead(status, { ...headers, 'content-length': bytes.byteLength });
    if (isCut) response.write(bytes.subarray(0, bytes.byteLength / 2), () => response.destroy());
    else response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // a server that listens on a TCP port has an AddressInfo, never the name of a pipe
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
