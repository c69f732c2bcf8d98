import { type SamplePlatform, samplePlatform } from './demokratis-documents.ts';
import type { SampleAnswer, SampleRequest, SampleSource } from './sample-source.ts';

/** How a request to the API goes wrong. */
export type PlatformFault = 429 | 500 | 'invalid-json';

export interface DemokratisPlatformOptions {
  /** What the platform has; looked at with each request, so that it may change between two runs. @default made-up documents */
  readonly platform?: SamplePlatform;
  /**
   * What the request to an endpoint, or to `files`, fails with, by its position from 1.
   * @default the first answer of texts breaks off, and every 37th file is not to be had
   */
  readonly faultAt?: (endpoint: string, requestCount: number) => PlatformFault | undefined;
  /** Longest reading of one file, in seconds. @default 5 */
  readonly secondsPerFile?: number;
}

const apiPath = '/api/v0.1/';
const filesPath = '/platform-files/';
const user = 'sample@example.org';
const password = 'sample-password';

/**
 * Answers like the API of demokratis.ch, and like the store of the files that it mirrors.
 *
 * @see the project's specification of consultation-documents, section 2
 */
export function demokratisPlatform(options: DemokratisPlatformOptions = {}): SampleSource {
  const { faultAt = nowAndThen } = options;
  let platform = options.platform;
  const requests = new Map<string, number>();
  const count = (name: string) => {
    const next = (requests.get(name) ?? 0) + 1;
    requests.set(name, next);
    return next;
  };
  return {
    name: 'demokratis-platform',
    settings: (baseUrl) => ({
      DEMOKRATIS_API_URL: baseUrl,
      DEMOKRATIS_API_USERNAME: user,
      DEMOKRATIS_API_PASSWORD: password,
      PLATFORM_FILES_URL: `${baseUrl}${filesPath}`,
      EXTRACTION_SECONDS_PER_FILE: String(options.secondsPerFile ?? 5),
    }),
    answer(request) {
      const { pathname } = request.url;
      if (!pathname.startsWith(apiPath) && !pathname.startsWith(filesPath)) return undefined;
      // made with the first request: most runs of the server never ask
      platform ??= samplePlatform();
      if (pathname.startsWith(filesPath)) {
        return fileAnswer(platform.file(pathname.slice(filesPath.length)), faultAt('files', count('files')));
      }
      const endpoint = pathname.slice(apiPath.length);
      const refusal = refusalOf(request);
      if (refusal) return refusal;
      const records = platform.records(endpoint);
      if (!records) return problem(404, `no endpoint '${endpoint}'`);
      return apiAnswer(records, faultAt(endpoint, count(endpoint)));
    },
  };
}

/** Texts come first in half: it happens, and is not worth a failed run. At fixed positions, as everything here. */
function nowAndThen(endpoint: string, requestCount: number): PlatformFault | undefined {
  if (endpoint === 'documents-content') return requestCount === 1 ? 'invalid-json' : undefined;
  return endpoint === 'files' && requestCount % 37 === 0 ? 500 : undefined;
}

function refusalOf(request: SampleRequest): SampleAnswer | undefined {
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  if (request.headers.authorization === expected) return undefined;
  return { ...problem(401, 'wrong user or password'), headers: { 'www-authenticate': 'Basic realm="api"' } };
}

function apiAnswer(records: readonly unknown[], fault: PlatformFault | undefined): SampleAnswer {
  if (fault === undefined) return { status: 200, body: records };
  if (fault !== 'invalid-json') return failure(fault);
  const text = JSON.stringify(records);
  return { status: 200, body: Buffer.from(text.slice(0, Math.floor(text.length / 2))) };
}

function fileAnswer(bytes: Uint8Array | undefined, fault: PlatformFault | undefined): SampleAnswer {
  if (fault === 429 || fault === 500) return failure(fault);
  if (!bytes) return problem(404, 'no such file');
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: bytes };
}

function failure(status: 429 | 500): SampleAnswer {
  if (status === 500) return problem(500, 'internal server error');
  return { ...problem(429, 'too many requests'), headers: { 'retry-after': '1' } };
}

function problem(status: number, message: string): SampleAnswer {
  return { status, body: { message } };
}
