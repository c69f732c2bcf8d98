import { openAsBlob } from 'node:fs';
import ky, { isNetworkError, isTimeoutError, type ResponsePromise } from 'ky';
import type * as z from 'zod';
import type { Clock } from '../clock.ts';
import { InvalidDataError, UsageError } from '../errors.ts';
import type { Json } from '../json.ts';
import { describeFailure, errorOf, type FailedAnswer, isTransient, quote } from './failed-answer.ts';
import { redactUrl } from './redact-url.ts';
import { retryAfterMs, retryPauseMs } from './retry-pause.ts';
import { AnswerTooLongError, type SavedBody, saveBody } from './save-body.ts';
import { shapeProblems } from './shape-problems.ts';
import { type Turns, takeTurns } from './turns.ts';

/** On whose behalf a source is asked; every task's context is one. */
export interface SourceCaller {
  readonly clock: Clock;
  /** Ends requests and pauses when it aborts. */
  readonly signal: AbortSignal;
  readonly log: { warn(message: string, fields: { [name: string]: Json }): void };
}

const defaultTimeoutMs = 30_000;

/** Where a source is and how patient to be with it. */
export interface HttpSourceOptions {
  /** As it stands in sentences: `the Verra registry`. */
  readonly name: string;
  /** What paths are appended to; its own path is kept. */
  readonly baseUrl: string;
  /** Sent with every request. Never logged. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Longest wait for an answer to begin, and again for its end. @default 30_000 */
  readonly timeoutMs?: number;
  /** Shortest time between two requests. @default 0 */
  readonly pauseMs?: number;
  /** Says when a request may begin, where more than this task ask the source. @default pauses of `pauseMs` */
  readonly takeTurn?: Turns;
  /** Pause before the next try when the source asks for none. @default up to 1, 2, 4, then 8 s, by chance */
  readonly retryPauseMs?: (failedAttempts: number, clock: Pick<Clock, 'chance'>) => number;
  /** Tries per request. @default 4 */
  readonly attempts?: number;
  /** Longest `Retry-After` that is waited for; one that asks for more fails at once. @default 60_000 */
  readonly longestRetryAfterMs?: number;
  /** @default the platform's */
  readonly fetch?: typeof globalThis.fetch;
}

/** One request, below the base URL. */
export interface HttpRequest {
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  /** Parameters that are undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON, unless it is a blob. */
  readonly body?: Json | Blob;
  /** The ETag of the answer that is known already, for {@link HttpSource.changed}. */
  readonly ifNoneMatch?: string;
  /** Media type asked for. @default 'application/json' by `json`, any by `text` */
  readonly accept?: string;
}

/**
 * A source that speaks HTTP.
 *
 * Every request is repeated after network errors, timeouts, 408, 429 and 5xx, so it must be one that is safe to repeat.
 * Both methods throw:
 * `SourceUnavailableError` when it still does not answer, `SourceThrottledError` when it still answers 429,
 * `SourceRejectedError` for any other status, `InvalidDataError` for an answer of another shape, and the signal's
 * reason when that aborts.
 */
export interface HttpSource {
  /** The answer's JSON, as the schema parses it. */
  json<Schema extends z.ZodType>(request: HttpRequest, schema: Schema): Promise<z.output<Schema>>;
  text(request: HttpRequest): Promise<string>;
  /** The answer's text and ETag; undefined when it is still the one that `ifNoneMatch` names. */
  changed(request: HttpRequest): Promise<{ readonly text: string; readonly etag: string | null } | undefined>;
  /**
   * The answer of any size, written to a file.
   *
   * @throws {AnswerTooLongError} it is longer than `maxBytes`
   */
  download(request: HttpRequest, filePath: string, limits?: { readonly maxBytes?: number }): Promise<SavedBody>;
  /** Puts a file of any size under the request's path, without holding it in memory; `timeoutMs` has to be enough for it. */
  upload(request: Pick<HttpRequest, 'path' | 'query'>, filePath: string, contentType: string): Promise<void>;
}

/**
 * Opens a source under the one policy for all of them: retries with back-off, pauses, timeouts, errors, redaction.
 *
 * @throws {UsageError} the base URL is not one
 */
export function httpSource(caller: SourceCaller, options: HttpSourceOptions): HttpSource {
  refuseBadBaseUrl(options);
  const takeTurn = options.takeTurn ?? takeTurns(caller, options.pauseMs ?? 0);
  const text = (request: HttpRequest) =>
    answerTo(request, { caller, options, takeTurn, take: async (sent) => await sent.text() });
  return {
    text,
    changed: (request) => answerTo(request, { caller, options, takeTurn, take: takeChanged }),
    download: (request, filePath, { maxBytes } = {}) => {
      const take: Take<SavedBody> = async (_, { body }) => {
        const timeUp = AbortSignal.timeout(options.timeoutMs ?? defaultTimeoutMs);
        return await saveBody(body, filePath, { maxBytes, signal: AbortSignal.any([caller.signal, timeUp]) });
      };
      return answerTo(request, { caller, options, takeTurn, take });
    },
    upload: async (request, filePath, contentType) => {
      await text({ ...request, method: 'PUT', body: await openAsBlob(filePath, { type: contentType }) });
    },
    async json(request, schema) {
      const what = `${options.name}, asked for ${describeRequest(request, options)},`;
      const parsed = schema.safeParse(parseJson(await text({ accept: 'application/json', ...request }), what));
      if (parsed.success) return parsed.data;
      throw new InvalidDataError(`${what} answered in another shape: ${shapeProblems(parsed.error)}`);
    },
  };
}

const notModified = 304;

const takeChanged: Take<{ text: string; etag: string | null } | undefined> = async (sent, { status, headers }) =>
  status === notModified ? undefined : { text: await sent.text(), etag: headers.get('etag') };

function refuseBadBaseUrl({ name, baseUrl }: HttpSourceOptions): void {
  const url = URL.parse(baseUrl);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new UsageError(`the base URL of ${name} is '${baseUrl}'; it must begin with http:// or https://`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(`the base URL of ${name} holds a user or a password; send them as a header instead`);
  }
}

/** Reads a good answer to its end. */
type Take<T> = (sent: ResponsePromise, response: Response) => Promise<T>;

interface Conversation<T> {
  readonly take: Take<T>;
  readonly caller: SourceCaller;
  readonly options: HttpSourceOptions;
  readonly takeTurn: ReturnType<typeof takeTurns>;
}

async function answerTo<T>(request: HttpRequest, conversation: Conversation<T>): Promise<T> {
  const { caller, options, takeTurn } = conversation;
  const { attempts = 4, longestRetryAfterMs = 60_000 } = options;
  const shown = describeRequest(request, options);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await takeTurn(() => askOnce(request, conversation));
    if ('taken' in answer) return answer.taken;
    const wishedMs = answer.kind === 'status' ? answer.retryAfterMs : undefined;
    if (!isTransient(answer) || attempt >= attempts || (wishedMs ?? 0) > longestRetryAfterMs) {
      throw errorOf(answer, `${options.name}, asked ${times(attempt)} for ${shown},`);
    }
    const waitMs = wishedMs ?? (options.retryPauseMs ?? retryPauseMs)(attempt, caller.clock);
    caller.log.warn(`${options.name} ${describeFailure(answer)}; trying again`, { request: shown, attempt, waitMs });
    await caller.clock.sleep(waitMs, caller.signal);
  }
}

/** One attempt: what was taken from the answer, or what came instead. Rejects when the caller's signal has aborted. */
async function askOnce<T>(
  request: HttpRequest,
  { caller: { signal, clock }, options, take }: Conversation<T>,
): Promise<{ readonly taken: T } | FailedAnswer> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  let response: Response | undefined;
  signal.throwIfAborted();
  try {
    const sent = send(request, signal, { ...options, timeoutMs });
    response = await sent;
    const downgrade = downgradeIn(response, options);
    if (downgrade) {
      await response.body?.cancel();
      return downgrade;
    }
    const isKnown = response.status === notModified && request.ifNoneMatch !== undefined;
    if (response.ok || isKnown) return { taken: await take(sent, response) };
    // not the response's own text(), which would wait for the rest of a body for ever
    const body = await sent.text();
    const wished = retryAfterMs(response.headers.get('retry-after'), clock);
    return { kind: 'status', status: response.status, body, retryAfterMs: wished };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AnswerTooLongError) throw error;
    if (isTimeoutError(error) || isTimeOut(error)) return { kind: 'timeout', timeoutMs };
    // ky's own error names the URL with its keys; what it wraps does not
    if (isNetworkError(error)) return { kind: 'network', cause: error.cause };
    if (response) return { kind: 'network', cause: error };
    throw error;
  }
}

/** Whether redirects led from an encrypted address to one that is not. */
function downgradeIn({ url }: Response, { baseUrl }: HttpSourceOptions): FailedAnswer | undefined {
  const { protocol, origin } = URL.parse(url) ?? {};
  if (protocol !== 'http:' || new URL(baseUrl).protocol === 'http:') return undefined;
  return { kind: 'downgrade', origin: origin ?? '' };
}

/** What `AbortSignal.timeout` aborts with. */
function isTimeOut(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || isTimeOut(error.cause));
}

function send(request: HttpRequest, signal: AbortSignal, options: HttpSourceOptions): ResponsePromise {
  return ky(request.path, {
    prefix: options.baseUrl,
    method: request.method ?? 'GET',
    retry: 0,
    throwHttpErrors: false,
    timeout: options.timeoutMs,
    signal,
    headers: {
      accept: request.accept ?? '*/*',
      ...(request.ifNoneMatch === undefined ? {} : { 'if-none-match': request.ifNoneMatch }),
      ...options.headers,
    },
    ...(request.query ? { searchParams: { ...request.query } } : {}),
    ...bodyOf(request),
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
}

function bodyOf({ body }: HttpRequest): { body?: Blob; json?: Json } {
  if (body === undefined) return {};
  return body instanceof Blob ? { body } : { json: body };
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidDataError(`${what} answered with something that is not JSON${quote(text)}`, { cause: error });
  }
}

function describeRequest({ method = 'GET', path, query = {} }: HttpRequest, { baseUrl }: HttpSourceOptions): string {
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.append(name, String(value));
  }
  return `${method} ${redactUrl(url)}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
