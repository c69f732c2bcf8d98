import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ObjectBody, readBody } from './s3-stand-in-body.ts';
import { BucketInMemory, S3Failure } from './s3-stand-in-bucket.ts';
import { deletionXml, errorXml, keysToDelete, listingXml, partNumbersOf, textXml } from './s3-stand-in-xml.ts';

/** A small S3 on loopback: the calls that the project makes, answered with the service's own rules. */
export interface S3StandIn extends AsyncDisposable {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  createBucket(name: string): void;
  /** The next requests are answered with this failure, then all is well again. */
  failNext(failure: { status: number; code: string; times: number }): void;
  /** The next download breaks off after half of its bytes. */
  cutNextDownload(): void;
  /** `METHOD /bucket/key` of every request so far, oldest first. */
  readonly requests: readonly string[];
  /** Parts of uploads that were neither completed nor aborted. */
  readonly openUploads: number;
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly bucket: BucketInMemory;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly body: ObjectBody;
}

/** Starts the stand-in on a free port of 127.0.0.1; credentials are not checked. */
export async function startS3StandIn(): Promise<S3StandIn> {
  const buckets = new Map<string, BucketInMemory>();
  const requests: string[] = [];
  const failures: S3Failure[] = [];
  let cuts = 0;

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const failure = error instanceof S3Failure ? error : new S3Failure(500, `InternalError ${error}`);
      response.writeHead(failure.status, { 'content-type': 'application/xml' });
      response.end(request.method === 'HEAD' ? undefined : errorXml(failure.code));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://loopback');
    const [, bucketName = '', ...rest] = pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    const body = await readBody(request);
    requests.push(`${request.method} /${bucketName}/${key}`);
    const failure = failures.shift();
    if (failure) throw failure;
    const bucket = buckets.get(bucketName);
    if (!bucket) throw new S3Failure(404, request.method === 'HEAD' ? 'NotFound' : 'NoSuchBucket');
    const call = { request, response, bucket, key, query, body };
    if (request.method === 'GET' && key !== '' && cuts > 0) {
      cuts -= 1;
      return cutDownload(call);
    }
    operationOf(call)(call);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    get openUploads() {
      return [...buckets.values()].reduce((sum, bucket) => sum + bucket.openUploads, 0);
    },
    createBucket(name) {
      buckets.set(name, new BucketInMemory());
    },
    failNext({ status, code, times }) {
      for (let time = 0; time < times; time += 1) failures.push(new S3Failure(status, code));
    },
    cutNextDownload() {
      cuts += 1;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function operationOf({ request, query, key }: Call): (call: Call) => void {
  const { method } = request;
  if (method === 'PUT' && query.has('partNumber')) return putPart;
  if (method === 'PUT' && request.headers['x-amz-copy-source']) return copy;
  if (method === 'PUT') return put;
  if (method === 'POST' && query.has('uploads')) return startUpload;
  if (method === 'POST' && query.has('uploadId')) return completeUpload;
  if (method === 'POST' && query.has('delete')) return removeMany;
  if (method === 'DELETE' && query.has('uploadId')) return abortUpload;
  if (method === 'GET' && query.get('list-type') === '2') return list;
  if (method === 'HEAD' && key === '') return headBucket;
  if (method === 'GET' || method === 'HEAD') return get;
  throw new S3Failure(501, 'NotImplemented');
}

function headBucket({ response }: Call): void {
  response.writeHead(200).end();
}

function put({ request, response, bucket, key, body }: Call): void {
  const { etag } = bucket.put(key, body, request.headers);
  response.writeHead(200, { etag }).end();
}

function get({ request, response, bucket, key }: Call): void {
  const { bytes, etag, lastModified, crc32 } = bucket.get(key);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = Number(range?.[1] ?? 0);
  const end = Math.min(Number(range?.[2] || bytes.length - 1), bytes.length - 1);
  const part = range ? bytes.subarray(start, end + 1) : bytes;
  response.writeHead(range ? 206 : 200, {
    etag,
    'last-modified': lastModified.toUTCString(),
    'content-length': part.length,
    ...(range
      ? { 'content-range': `bytes ${start}-${end}/${bytes.length}` }
      : crc32 && { 'x-amz-checksum-crc32': crc32 }),
  });
  response.end(request.method === 'HEAD' ? undefined : part);
}

function cutDownload({ response, bucket, key }: Call): void {
  const { bytes, etag } = bucket.get(key);
  response.writeHead(200, { etag, 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}

function copy({ request, response, bucket, key }: Call): void {
  const source = decodeURIComponent(String(request.headers['x-amz-copy-source'])).replace(/^\/?[^/]+\//, '');
  const { bytes, crc32 } = bucket.get(source);
  const { etag, lastModified } = bucket.put(key, { bytes, crc32 }, {});
  sendXml(response, textXml('CopyObjectResult', { ETag: etag, LastModified: lastModified.toISOString() }));
}

function list({ response, bucket, query }: Call): void {
  const limit = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const all = bucket.list(query.get('prefix') ?? '').filter(({ key }) => key > after);
  const page = all.slice(0, limit);
  sendXml(response, listingXml(page, all.length > limit ? page.at(-1)?.key : undefined));
}

function removeMany({ response, bucket, body }: Call): void {
  const keys = keysToDelete(body.bytes.toString('utf8'));
  if (keys.length > 1000) throw new S3Failure(400, 'MalformedXML');
  for (const key of keys) bucket.remove(key);
  sendXml(response, deletionXml());
}

function startUpload({ response, bucket, key }: Call): void {
  sendXml(response, textXml('InitiateMultipartUploadResult', { Key: key, UploadId: bucket.startUpload() }));
}

function putPart({ response, bucket, query, body }: Call): void {
  const etag = bucket.putPart(query.get('uploadId') ?? '', Number(query.get('partNumber')), body);
  response.writeHead(200, { etag }).end();
}

function completeUpload({ request, response, bucket, key, query, body }: Call): void {
  const parts = partNumbersOf(body.bytes.toString('utf8'));
  const { etag } = bucket.completeUpload({ uploadId: query.get('uploadId') ?? '', key, parts }, request.headers);
  sendXml(response, textXml('CompleteMultipartUploadResult', { Key: key, ETag: etag }));
}

function abortUpload({ response, bucket, query }: Call): void {
  bucket.abortUpload(query.get('uploadId') ?? '');
  response.writeHead(204).end();
}

function sendXml(response: ServerResponse, xml: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(xml);
}

function portOf(server: Server): number {
  // a server that listens on a TCP port has an AddressInfo, never the name of a pipe
  return (server.address() as AddressInfo).port;
}
