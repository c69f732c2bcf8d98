/** One file of a run, under its key below the bucket. */
export interface OutputFile {
  readonly key: string;
  readonly body: string | Uint8Array;
}

/** Files as they are made, never all at once. */
export type OutputFiles = AsyncIterable<OutputFile>;
