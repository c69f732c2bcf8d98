import { UsageError } from '../errors.ts';
import { ServiceException } from '../execution/service/service-exception.ts';
import type { StateMachineService } from '../execution/service/state-machine-service.ts';
import { answer, internalFailure, refusal } from './answer.ts';
import { frontPage } from './front-page.ts';
import { isLoopbackHost } from './loopback-host.ts';
import { operations } from './operations.ts';

/** What the app is made of. */
export interface AppOptions {
  readonly service: StateMachineService;
  /** Told about what should not have happened, with its stack. */
  readonly onBug: (error: unknown) => void;
}

/** What servers note down for a client that did not wait; there is no official number. */
const clientHasGone = 499;

/** Answers HTTP requests; the request's signal aborts when its client has hung up. */
export type App = (request: Request) => Promise<Response>;

/**
 * The Step Functions API over HTTP: `POST /` with an `X-Amz-Target`; `GET /` tells people what this is.
 *
 * Signatures are not looked at: whoever can reach a loopback address may call. Web pages cannot, because the target
 * header needs a permission that is never given to them, and other hosts' names are refused.
 */
export function createApp({ service, onBug }: AppOptions): App {
  return async (request) => {
    const url = new URL(request.url);
    if (!isLoopbackHost(url.hostname)) return plain(403, `this endpoint does not answer as '${url.hostname}'`);
    if (url.pathname !== '/') return plain(404, `there is nothing at ${url.pathname}`);
    if (request.method === 'GET' || request.method === 'HEAD') return frontPage(url);
    if (request.method !== 'POST')
      return plain(405, `${request.method} is not answered; POST is`, { allow: 'GET, POST' });
    return await callOperation(service, request).catch((error: unknown) => {
      const exception = exceptionFor(error);
      if (exception) return refusal(exception);
      if (request.signal.aborted) return plain(clientHasGone, 'nobody reads this');
      onBug(error);
      return internalFailure(error instanceof Error ? error.message : String(error));
    });
  };
}

async function callOperation(service: StateMachineService, request: Request): Promise<Response> {
  const [target = '', name = ''] = (request.headers.get('x-amz-target') ?? '').split('.');
  const operation = target === 'AWSStepFunctions' && Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation) {
    const message = `the operation '${name}' is not answered here; these are: ${Object.keys(operations).join(', ')}`;
    throw new ServiceException('UnknownOperationException', message);
  }
  const body = readBody(await request.text());
  return answer(await operation(service, body, request.signal));
}

function readBody(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw new ServiceException('SerializationException', error instanceof Error ? error.message : String(error));
  }
}

function exceptionFor(error: unknown): ServiceException | undefined {
  if (error instanceof ServiceException) return error;
  if (!(error instanceof UsageError)) return undefined;
  return new ServiceException('ValidationException', [error.message, error.hint].filter(Boolean).join('; '));
}

function plain(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });
}
