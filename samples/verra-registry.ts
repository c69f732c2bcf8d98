import * as z from 'zod';
import type { SampleAnswer, SampleRequest, SampleSource } from './sample-source.ts';
import { sampleMonths, sampleVerraRecords, type VerraRecord } from './verra-blocks.ts';

export interface VerraRegistryOptions {
  /** The whole registry, in the order it answers. @default the made-up one */
  readonly records?: readonly VerraRecord[];
  /** Most records in one answer, whatever the request allows. @default 300 */
  readonly maxRecords?: number;
  /** The status that a request fails with, by its position from 1. @default a 429 and a 500 now and then */
  readonly faultAt?: (requestCount: number) => 429 | 500 | undefined;
}

const searchPath = '/uiapi/asset/asset/search';

const day = z.iso.date();
const searchBody = z.object({
  program: z.literal('VCS'),
  issuanceTypeCodes: z.array(z.literal('ISSUE')).nonempty(),
  issuanceStartInclusive: day.optional(),
  issuanceEndInclusive: day.optional(),
  assetStatus: z.enum(['RETIRED', 'ACTIVE']).optional(),
});
// the real one answers JSON even for csv, and gives everything that matches whatever $skip and $top say
const searchQuery = z.object({ $maxResults: z.coerce.number().int().positive().optional() });
type Search = z.infer<typeof searchBody> & z.infer<typeof searchQuery>;

/**
 * Answers the asset search of the Verra registry's web page.
 *
 * @see the project's specification of carbon-markets, section 2.6
 */
export function verraRegistry(options: VerraRegistryOptions = {}): SampleSource {
  const records = options.records ?? sampleVerraRecords();
  const months = options.records ? monthsOf(options.records) : sampleMonths;
  let requestCount = 0;
  return {
    name: 'verra-registry',
    settings: (baseUrl) => ({
      VERRA_API_URL: baseUrl,
      VERRA_FROM_MONTH: months.from,
      VERRA_TO_MONTH: months.to,
      VERRA_PAUSE_MILLISECONDS: '0',
    }),
    answer(request) {
      if (request.url.pathname !== searchPath) return undefined;
      const read = readSearch(request);
      if ('status' in read) return read;
      requestCount += 1;
      const fault = (options.faultAt ?? nowAndThen)(requestCount);
      return fault ? failure(fault) : search(records, read, options.maxRecords ?? 300);
    },
  };
}

/** What a request searches for, or why it is refused. */
function readSearch(request: SampleRequest): Search | SampleAnswer {
  if (request.method !== 'POST') return problem(405, `method ${request.method} is not allowed; use POST`);
  const contentType = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/.test(contentType)) {
    return problem(415, `content type '${contentType}' is not application/json`);
  }
  const body = searchBody.safeParse(parsed(request.body));
  if (!body.success) return problem(400, z.prettifyError(body.error));
  const query = searchQuery.safeParse(Object.fromEntries(request.url.searchParams));
  if (!query.success) return problem(400, z.prettifyError(query.error));
  return { ...body.data, ...query.data };
}

/** At fixed positions, so that every run meets the same. */
function nowAndThen(requestCount: number): 429 | 500 | undefined {
  if (requestCount % 17 === 0) return 429;
  return requestCount % 23 === 0 ? 500 : undefined;
}

function failure(status: 429 | 500): SampleAnswer {
  if (status === 500) return problem(500, 'internal server error');
  return { ...problem(429, 'too many requests'), headers: { 'retry-after': '1' } };
}

function search(records: readonly VerraRecord[], asked: Search, maxRecords: number): SampleAnswer {
  const {
    issuanceStartInclusive: from = '',
    issuanceEndInclusive: to = '9999-12-31',
    assetStatus,
    $maxResults,
  } = asked;
  const found = records.filter(
    (record) =>
      record.issuanceDate >= from &&
      record.issuanceDate <= to &&
      (assetStatus === undefined || (record.retireOrCancelDate === null) === (assetStatus === 'ACTIVE')),
  );
  const value = found.slice(0, Math.min(maxRecords, $maxResults ?? maxRecords));
  return {
    status: 200,
    body: {
      totalCount: found.length,
      countExceeded: value.length < found.length,
      '@count': value.length,
      value,
    },
  };
}

function monthsOf(records: readonly VerraRecord[]): { from: string; to: string } {
  const months = records.map((record) => record.issuanceDate.slice(0, 7)).sort();
  return { from: months[0] ?? sampleMonths.from, to: months.at(-1) ?? sampleMonths.to };
}

/** Undefined, which no schema takes, for text that is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problem(status: number, message: string): SampleAnswer {
  return { status, body: { message } };
}
