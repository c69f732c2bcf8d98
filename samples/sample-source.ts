/** One HTTP request as a sample source sees it. */
export interface SampleRequest {
  readonly method: string;
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** The same as it came. */
  readonly bytes: Uint8Array;
}

/** What a sample source answers; `body` is sent as JSON, unless it is bytes. */
export interface SampleAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A stand-in for one real source: the same paths, requests, answers and bad moods. */
export interface SampleSource {
  readonly name: string;
  /** Settings that make a run use it, given the base URL of the server that carries it. */
  settings(baseUrl: string): Readonly<Record<string, string>>;
  /** Undefined when the path is not one of this source's. */
  answer(request: SampleRequest): SampleAnswer | undefined;
}
