import type { IncomingMessage } from 'node:http';
import { crc32 } from 'node:zlib';
import { S3Failure } from './s3-stand-in-bucket.ts';

/** What a request carries, freed from its framing, with the checksum that it declared and that holds. */
export interface ObjectBody {
  readonly bytes: Buffer;
  /** Base64 of the big-endian CRC-32. */
  readonly crc32?: string | undefined;
}

/** Reads a request to its end: plain, or `aws-chunked` with a trailing checksum. Refuses bytes that do not match. */
export async function readBody(request: IncomingMessage): Promise<ObjectBody> {
  const raw = Buffer.concat(await Array.fromAsync<Buffer>(request));
  const isChunked = String(request.headers['x-amz-content-sha256']).startsWith('STREAMING-');
  const { bytes, trailers } = isChunked ? readChunks(raw) : { bytes: raw, trailers: new Map<string, string>() };
  const declared = trailers.get('x-amz-checksum-crc32') ?? header(request, 'x-amz-checksum-crc32');
  if (declared !== undefined && declared !== crc32Of(bytes)) throw new S3Failure(400, 'BadDigest');
  const length = header(request, 'x-amz-decoded-content-length');
  if (length !== undefined && Number(length) !== bytes.length) throw new S3Failure(400, 'IncompleteBody');
  return { bytes, crc32: declared };
}

/**
 * `<hex size>[;extension]\r\n<bytes>\r\n` until a chunk of size 0, then `name:value` lines.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
function readChunks(raw: Buffer): { bytes: Buffer; trailers: Map<string, string> } {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = raw.indexOf('\r\n', position);
    const size = Number.parseInt(raw.toString('latin1', position, lineEnd), 16);
    if (lineEnd < 0 || Number.isNaN(size)) throw new S3Failure(400, 'InvalidChunkSizeError');
    position = lineEnd + 2;
    if (size === 0) break;
    chunks.push(raw.subarray(position, position + size));
    position += size + 2;
  }
  const lines = raw.toString('latin1', position).split('\r\n');
  const trailers = lines.filter(Boolean).map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { bytes: Buffer.concat(chunks), trailers: new Map(trailers) };
}

function crc32Of(bytes: Buffer): string {
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32(bytes));
  return digest.toString('base64');
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
