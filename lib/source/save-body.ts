import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TaskError } from '../errors.ts';

/** An answer was cut off because it is longer than its reader wants. Final: it would be as long again. */
export class AnswerTooLongError extends TaskError {
  override readonly name = 'AnswerTooLongError';
}

/** An answer that lies in a file now. */
export interface SavedBody {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/**
 * Writes an answer's body to a file as it comes in, in bounded memory; what the file held before is replaced.
 *
 * @throws {AnswerTooLongError} it is longer than `maxBytes`; the rest is not read
 */
export async function saveBody(
  body: ReadableStream<Uint8Array> | null,
  filePath: string,
  { maxBytes = Number.POSITIVE_INFINITY, signal }: { maxBytes?: number | undefined; signal: AbortSignal },
): Promise<SavedBody> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.byteLength;
      hash.update(chunk);
      done(bytes > maxBytes ? new AnswerTooLongError(`answered with more than ${maxBytes} bytes`) : null, chunk);
    },
  });
  await pipeline(body ? Readable.fromWeb(body) : Readable.from([]), measure, createWriteStream(filePath), { signal });
  return { bytes, sha256: hash.digest('hex') };
}
