import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectBody } from './s3-stand-in-body.ts';

/** An answer that is not a success, by HTTP status and S3's error code. */
export class S3Failure extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

interface Held extends ObjectBody {
  readonly key: string;
  readonly etag: string;
  readonly lastModified: Date;
}

/** Objects and unfinished uploads of one bucket. Every method is synchronous, and with that atomic. */
export class BucketInMemory {
  readonly #objects = new Map<string, Held>();
  readonly #uploads = new Map<string, Map<number, Buffer>>();
  #uploadsStarted = 0;

  get openUploads(): number {
    return this.#uploads.size;
  }

  get(key: string): Held {
    const held = this.#objects.get(key);
    if (!held) throw new S3Failure(404, 'NoSuchKey');
    return held;
  }

  put(key: string, body: ObjectBody, headers: IncomingHttpHeaders, etag = md5Etag(body.bytes)): Held {
    this.#checkCondition(key, headers);
    const held = { ...body, key, etag, lastModified: wholeSecond(new Date()) };
    this.#objects.set(key, held);
    return held;
  }

  remove(key: string): void {
    this.#objects.delete(key);
  }

  list(prefix: string): Held[] {
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    return keys.map((key) => this.get(key));
  }

  startUpload(): string {
    this.#uploadsStarted += 1;
    const uploadId = `upload-${this.#uploadsStarted}`;
    this.#uploads.set(uploadId, new Map());
    return uploadId;
  }

  putPart(uploadId: string, partNumber: number, { bytes }: ObjectBody): string {
    this.#upload(uploadId).set(partNumber, bytes);
    return md5Etag(bytes);
  }

  completeUpload(upload: { uploadId: string; key: string; parts: number[] }, headers: IncomingHttpHeaders): Held {
    const held = this.#upload(upload.uploadId);
    const parts = upload.parts.map((partNumber) => {
      const bytes = held.get(partNumber);
      if (!bytes) throw new S3Failure(400, 'InvalidPart');
      return bytes;
    });
    if (parts.slice(0, -1).some((part) => part.length < 5 * 1024 * 1024)) throw new S3Failure(400, 'EntityTooSmall');
    const etag = `${md5Etag(Buffer.concat(parts)).slice(0, -1)}-${parts.length}"`;
    const object = this.put(upload.key, { bytes: Buffer.concat(parts) }, headers, etag);
    this.#uploads.delete(upload.uploadId);
    return object;
  }

  abortUpload(uploadId: string): void {
    this.#upload(uploadId);
    this.#uploads.delete(uploadId);
  }

  #upload(uploadId: string): Map<number, Buffer> {
    const upload = this.#uploads.get(uploadId);
    if (!upload) throw new S3Failure(404, 'NoSuchUpload');
    return upload;
  }

  #checkCondition(key: string, headers: IncomingHttpHeaders): void {
    const before = this.#objects.get(key);
    if (headers['if-none-match'] === '*' && before) throw new S3Failure(412, 'PreconditionFailed');
    if (headers['if-match'] === undefined) return;
    if (!before) throw new S3Failure(404, 'NoSuchKey');
    if (headers['if-match'] !== before.etag) throw new S3Failure(412, 'PreconditionFailed');
  }
}

function md5Etag(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

/** HTTP dates have whole seconds, so listings must not be finer than HEAD. */
function wholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}
