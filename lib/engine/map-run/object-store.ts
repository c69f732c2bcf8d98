/** One object of a listing. */
export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly lastModified: Date;
}

/** The buckets that distributed Maps read their items from and write their results to. */
export interface ObjectStore {
  /**
   * The object's bytes, in pieces.
   *
   * @throws {Error} there is no such object
   */
  read(bucket: string, key: string): AsyncIterable<Uint8Array>;
  list(bucket: string, prefix: string): AsyncIterable<ListedObject>;
  write(bucket: string, key: string, text: AsyncIterable<string>): Promise<{ sizeBytes: number }>;
}
