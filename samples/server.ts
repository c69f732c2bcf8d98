import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { datasetHost } from './dataset-host.ts';
import { type DemokratisPlatformOptions, demokratisPlatform } from './demokratis-platform.ts';
import { type EmbeddingsEndpointOptions, embeddingsEndpoint } from './embeddings-endpoint.ts';
import { type NytApisOptions, nytApis } from './nyt-apis.ts';
import { predictionModels } from './prediction-models.ts';
import type { SampleAnswer, SampleRequest, SampleSource } from './sample-source.ts';
import { type VerraRegistryOptions, verraRegistry } from './verra-registry.ts';

export interface SampleServerOptions {
  /** Any free port when 0. @default 0 */
  readonly port?: number;
  readonly verra?: VerraRegistryOptions;
  readonly demokratis?: DemokratisPlatformOptions;
  readonly embeddings?: EmbeddingsEndpointOptions;
  readonly nyt?: NytApisOptions;
}

/** A running sample server. */
export interface SampleServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Settings that make a run use it instead of the real sources. */
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Stands in for every real source, on loopback only, with data made up for this project. */
export async function startSampleServer(options: SampleServerOptions = {}): Promise<SampleServer> {
  const sources = [
    verraRegistry(options.verra),
    nytApis(options.nyt),
    demokratisPlatform(options.demokratis),
    embeddingsEndpoint(options.embeddings),
    predictionModels(),
    datasetHost(),
  ];
  const server = createServer((request, response) => {
    void respond(sources, request, response);
  });
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const settings = Object.fromEntries(sources.flatMap((source) => Object.entries(source.settings(url))));
  return { url, settings, close: () => close(server) };
}

async function respond(
  sources: readonly SampleSource[],
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming).catch(() => undefined);
  if (!request) {
    // the caller hung up while it was being read: there is no one left to answer
    response.destroy();
    return;
  }
  const { status, headers, body } = answerFrom(sources, request);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body instanceof Uint8Array ? body : JSON.stringify(body));
}

function answerFrom(sources: readonly SampleSource[], request: SampleRequest): SampleAnswer {
  for (const source of sources) {
    const answer = source.answer(request);
    if (answer) return answer;
  }
  const names = sources.map((source) => source.name).join(', ');
  return { status: 404, body: { message: `no sample source answers ${request.url.pathname}; there are: ${names}` } };
}

async function readRequest(incoming: IncomingMessage): Promise<SampleRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', 'http://127.0.0.1'),
    headers: Object.fromEntries(headers),
    body: bytes.toString('utf8'),
    bytes,
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      // a string only for pipes, which this server never opens
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
