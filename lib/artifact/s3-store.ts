import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { UsageError } from '../errors.ts';
import type { ArtifactStore, NewObject, StoredObject, WriteCondition } from './artifact-store.ts';
import { isConflict, isNotFound, s3Error } from './s3-error.ts';
import { ConditionFailedError, ObjectNotFoundError, StoreRefusedError } from './store-errors.ts';
import { checkedKey, checkedPrefix } from './store-key.ts';

const attemptsPerRequest = 5;
const attemptsPerBody = 3;
const keysPerDeletion = 1000;
const writesAtOnce = 48;

/** Where in S3 a store lies; `prefix` is empty or a folder, with or without slashes around it. */
export interface S3Location {
  readonly bucket: string;
  readonly prefix: string;
  /** @default whatever the AWS SDK finds in the environment */
  readonly access?: S3Access;
}

/** A service that speaks S3 and is not the environment's own: where it is, and keys for it. */
export interface S3Access {
  readonly endpointUrl: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * A store in a bucket. Credentials, region and `AWS_ENDPOINT_URL` are read by the AWS SDK; behind an endpoint of
 * one's own, keys go into the path, because such hosts have no subdomain per bucket.
 *
 * Copies are limited to 5 GiB per object, by the service.
 *
 * @throws {UsageError} neither the environment nor a profile names a region
 */
export async function s3Store({ bucket, prefix, access }: S3Location): Promise<ArtifactStore> {
  const client = new S3Client({
    // such services have no regions, but a signature names one
    ...(access && { endpoint: access.endpointUrl, credentials: access, region: 'us-east-1' }),
    maxAttempts: attemptsPerRequest,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
  });
  await client.config.region().catch((cause: unknown) => {
    const hint = 'set AWS_REGION, or a region in the AWS profile';
    throw new UsageError(`no AWS region is known for the store 's3://${bucket}'`, { hint, cause });
  });
  client.config.forcePathStyle = access !== undefined || Boolean(await client.config.serviceConfiguredEndpoint?.());
  const folder = prefix.replaceAll(/^\/+|\/+$/g, '');
  return new S3Store(client, bucket, folder === '' ? '' : `${folder}/`);
}

class S3Store implements ArtifactStore {
  readonly url: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  #bucketSeen: Promise<unknown> | undefined;

  constructor(client: S3Client, bucket: string, prefix: string) {
    this.url = `s3://${bucket}/${prefix}`.replace(/\/$/, '');
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  async head(key: string): Promise<StoredObject | undefined> {
    const at = this.#at(key);
    try {
      const { ContentLength, ETag, LastModified } = await this.#client.send(new HeadObjectCommand(at));
      return storedObject(key, { Size: ContentLength, ETag, LastModified });
    } catch (error) {
      if (!isNotFound(error)) throw s3Error(error, { bucket: at.Bucket, key: at.Key });
      await this.#checkBucket();
      return undefined;
    }
  }

  async read(key: string): Promise<{ bytes: Uint8Array; etag: string }> {
    return this.#get(key, async ({ Body, ETag }) => {
      return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), etag: ETag ?? '' };
    });
  }

  async download(key: string, filePath: string): Promise<void> {
    await this.#get(key, async ({ Body }) => {
      await pipeline(Body?.transformToWebStream() ?? [], createWriteStream(filePath));
    });
  }

  async write(key: string, body: Uint8Array | string, condition?: WriteCondition): Promise<{ etag: string }> {
    const input = { ...this.#at(key), ...headersOf(condition), Body: Buffer.from(body) };
    return this.#put(key, condition, () => this.#client.send(new PutObjectCommand(input)));
  }

  async upload(key: string, filePath: string, condition?: WriteCondition): Promise<{ etag: string }> {
    const target = { ...this.#at(key), ...headersOf(condition) };
    return this.#put(key, condition, () => {
      const params = { ...target, Body: createReadStream(filePath) };
      return new Upload({ client: this.#client, params }).done();
    });
  }

  async writeAll(objects: Iterable<NewObject>): Promise<void> {
    const remaining = objects[Symbol.iterator]();
    // several workers take from the same iterator
    const worker = async () => {
      for (let next = remaining.next(); !next.done; next = remaining.next()) {
        await this.write(next.value.key, next.value.body);
      }
    };
    await Promise.all(Array.from({ length: writesAtOnce }, worker));
  }

  async copy(fromKey: string, toKey: string): Promise<void> {
    const { Bucket, Key } = this.#at(fromKey);
    const source = [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/');
    await this.#translated(fromKey, () =>
      this.#client.send(new CopyObjectCommand({ ...this.#at(toKey), CopySource: source })),
    );
  }

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    const Prefix = this.#prefix + checkedPrefix(prefix);
    try {
      for await (const page of paginateListObjectsV2({ client: this.#client }, { Bucket: this.#bucket, Prefix })) {
        for (const object of page.Contents ?? []) {
          yield storedObject((object.Key ?? '').slice(this.#prefix.length), object);
        }
      }
    } catch (error) {
      throw s3Error(error, { bucket: this.#bucket, key: Prefix });
    }
  }

  async remove(keys: readonly string[]): Promise<void> {
    const all = keys.map((key) => ({ Key: this.#at(key).Key }));
    for (let start = 0; start < all.length; start += keysPerDeletion) {
      await this.#removeBatch(all.slice(start, start + keysPerDeletion));
    }
  }

  async #removeBatch(Objects: { Key: string }[]): Promise<void> {
    const command = new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } });
    const { Errors = [] } = await this.#translated('', () => this.#client.send(command));
    const [first] = Errors;
    if (first) {
      throw new StoreRefusedError(
        `${Errors.length} of ${Objects.length} objects in bucket '${this.#bucket}' could not be deleted; ` +
          `the first is '${first.Key}' (${first.Code}: ${first.Message})`,
      );
    }
  }

  #at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix + checkedKey(key) };
  }

  /** The SDK repeats a request, but not an answer that breaks off half-way. */
  async #get<T>(key: string, take: (answer: GetObjectCommandOutput) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#translated(key, () => this.#client.send(new GetObjectCommand(this.#at(key))));
      try {
        return await take(answer);
      } catch (error) {
        if (attempt === attemptsPerBody) throw s3Error(error, { bucket: this.#bucket, key: this.#at(key).Key });
      }
    }
  }

  async #put(key: string, condition: WriteCondition | undefined, send: () => Promise<{ ETag?: string | undefined }>) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { ETag } = await send();
        return { etag: ETag ?? '' };
      } catch (error) {
        if (isConflict(error) && attempt < attemptsPerBody) continue;
        throw this.#writeError(error, key, condition);
      }
    }
  }

  #writeError(error: unknown, key: string, condition?: WriteCondition): unknown {
    const translated = s3Error(error, { bucket: this.#bucket, key: this.#at(key).Key });
    const isGone = condition && 'ifMatch' in condition && translated instanceof ObjectNotFoundError;
    return isGone ? new ConditionFailedError(translated.message, { cause: error }) : translated;
  }

  async #translated<T>(key: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw s3Error(error, { bucket: this.#bucket, key: this.#prefix + key });
    }
  }

  /** A 404 without a body may mean a missing bucket, which is not the same as a missing object. */
  async #checkBucket(): Promise<void> {
    this.#bucketSeen ??= this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }));
    try {
      await this.#bucketSeen;
    } catch (error) {
      this.#bucketSeen = undefined;
      if (isNotFound(error)) throw new StoreRefusedError(`bucket '${this.#bucket}' does not exist`, { cause: error });
      throw s3Error(error, { bucket: this.#bucket, key: '' });
    }
  }
}

function headersOf(condition?: WriteCondition): { IfNoneMatch?: string; IfMatch?: string } {
  if (!condition) return {};
  return 'ifAbsent' in condition ? { IfNoneMatch: '*' } : { IfMatch: condition.ifMatch };
}

function storedObject(
  key: string,
  answer: { Size?: number | undefined; ETag?: string | undefined; LastModified?: Date | undefined },
): StoredObject {
  const { Size = 0, ETag = '', LastModified = new Date(0) } = answer;
  return { key, sizeBytes: Size, etag: ETag, lastModified: LastModified };
}
