/** What a fake source gives to one request: an answer, an error that fetch throws, or nothing ever (`hang`). */
export type FakeAnswer =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | Error
  | 'hang';

/** A request as the fake source received it. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A `fetch` without a network, and what it was asked. */
export interface FakeSource {
  readonly fetch: typeof globalThis.fetch;
  readonly requests: readonly ReceivedRequest[];
}

/**
 * A source that gives these answers in turn, the last one again and again. Bodies that are neither text nor stream
 * are sent as JSON.
 */
export function fakeSource(...answers: readonly [FakeAnswer, ...FakeAnswer[]]): FakeSource {
  const requests: ReceivedRequest[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    const { method, url } = request;
    requests.push({ method, url, headers: Object.fromEntries(request.headers), body: await request.text() });
    request.signal.throwIfAborted();
    if (answer === 'hang') return await untilAborted(request.signal);
    if (answer instanceof Error) throw answer;
    const { status = 200, headers = {}, body = '' } = answer ?? {};
    const isRaw = typeof body === 'string' || body instanceof ReadableStream;
    return new Response(isRaw ? body : JSON.stringify(body), { status, headers });
  };
  return { fetch, requests };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
