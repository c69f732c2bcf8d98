/** One stored object, without its bytes. */
export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  /** Changes with every write; compare, never parse. */
  readonly etag: string;
  readonly lastModified: Date;
}

/** One of many objects to be written. */
export interface NewObject {
  readonly key: string;
  readonly body: Uint8Array | string;
}

/** What must be true of the key for a write to happen; a failed condition leaves the old object whole. */
export type WriteCondition = { readonly ifAbsent: true } | { readonly ifMatch: string };

/**
 * The port to wherever artifacts lie: a directory or an S3 bucket, with the same keys and the same promises.
 *
 * A write is atomic and durable: readers see the old object or the new one, and what was acknowledged survives a
 * crash. Everything above bytes (versions, pointers, publishing) is built on these calls alone.
 */
export interface ArtifactStore {
  /** `file://…` or `s3://bucket/prefix`, for people. */
  readonly url: string;
  /** Undefined when there is no such object. */
  head(key: string): Promise<StoredObject | undefined>;
  /** @throws {ObjectNotFoundError} */
  read(key: string): Promise<{ bytes: Uint8Array; etag: string }>;
  /** @throws {ConditionFailedError} the condition does not hold */
  write(key: string, body: Uint8Array | string, condition?: WriteCondition): Promise<{ etag: string }>;
  /** Like {@link write} for a local file of any size, without holding it in memory. */
  upload(key: string, filePath: string, condition?: WriteCondition): Promise<{ etag: string }>;
  /**
   * Writes many small objects below keys that no reader knows of yet, over what an earlier attempt left there.
   *
   * Much faster than one {@link write} each, because they are neither renamed into place nor made durable one by one:
   * what comes after must be able to tell whether all are there, a manifest with checksums for instance.
   */
  writeAll(objects: Iterable<NewObject>): Promise<void>;
  /** @throws {ObjectNotFoundError} */
  download(key: string, filePath: string): Promise<void>;
  /** Within the store, without the bytes passing through this process where the service can do it. */
  copy(fromKey: string, toKey: string): Promise<void>;
  /** Every object whose key starts with `prefix`, in key order. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Keys that do not exist are passed over. */
  remove(keys: readonly string[]): Promise<void>;
}
