import * as z from 'zod';
import { type ArchiveFile, archiveFile } from './nyt-archive.ts';
import { type NytArticle, sampleNytArticles } from './nyt-articles.ts';
import { nytMonths } from './nyt-topics.ts';
import type { SampleAnswer, SampleRequest, SampleSource } from './sample-source.ts';

export interface NytApisOptions {
  /** Every article there is, from the oldest on. @default the made-up ones */
  readonly articles?: readonly NytArticle[];
  /** The only key that is good. @default 'sample-key' */
  readonly key?: string;
  /** How many articles a month's file says it has. @default as many as it has */
  readonly hitsOf?: (month: string, articles: number) => number;
  /** The status that a request fails with, by its position from 1. @default a 429 now and then */
  readonly faultAt?: (requestCount: number) => 429 | 500 | undefined;
}

const archivePath = /^\/svc\/archive\/v1\/(\d+)\/(\d+)\.json$/;
const searchPath = '/svc/search/v2/articlesearch.json';
const articlesPerPage = 10;
const copyright = 'Copyright (c) 2025 The Sample Times. Nothing in it is real.';

const day = z.string().regex(/^\d{8}$/);
const searchQuery = z.object({
  begin_date: day.default('00000000'),
  end_date: day.default('99999999'),
  page: z.coerce.number().int().min(0).max(99).default(0),
  sort: z.enum(['newest', 'oldest', 'best', 'relevance']).default('best'),
});

/**
 * Answers the Archive and the Article Search API of the New York Times.
 *
 * @see the project's specification of headline-trends, section 2
 */
export function nytApis(options: NytApisOptions = {}): SampleSource {
  const key = options.key ?? 'sample-key';
  const faultAt = options.faultAt ?? nowAndThen;
  // made when they are asked for: most runs of the server serve other flows
  let known: readonly NytArticle[] | undefined = options.articles;
  const articles = () => {
    known ??= sampleNytArticles();
    return known;
  };
  const files = new Map<string, ArchiveFile | undefined>();
  let requestCount = 0;
  return {
    name: 'nyt-apis',
    settings: (baseUrl) => ({
      NYT_API_URL: baseUrl,
      NYT_API_KEY: key,
      NYT_FROM_MONTH: nytMonths.from,
      NYT_TO_MONTH: nytMonths.to,
      NYT_PAUSE_MILLISECONDS: '0',
    }),
    answer(request) {
      const { pathname, searchParams } = request.url;
      const month = monthOf(pathname);
      if (month === undefined && pathname !== searchPath) return undefined;
      requestCount += 1;
      const refusal = refusalOf(request, searchParams.get('api-key') === key, faultAt(requestCount));
      if (refusal) return refusal;
      if (month === undefined) return search(articles(), searchParams);
      if (!files.has(month)) files.set(month, archiveFile(articles(), month));
      return archive(files.get(month), request, (count) => options.hitsOf?.(month, count) ?? count);
    },
  };
}

function monthOf(pathname: string): string | undefined {
  const [, year, month] = archivePath.exec(pathname) ?? [];
  return year && month ? `${year}-${month.padStart(2, '0')}` : undefined;
}

/** At fixed positions, so that every run meets the same. */
function nowAndThen(requestCount: number): 429 | undefined {
  return requestCount % 19 === 0 ? 429 : undefined;
}

function refusalOf({ method }: SampleRequest, hasKey: boolean, failure: 429 | 500 | undefined) {
  if (method !== 'GET') return fault(405, 'Method not allowed', 'http.MethodNotAllowed');
  if (!hasKey) return fault(401, 'Invalid ApiKey', 'oauth.v2.InvalidApiKey');
  if (failure === 500) return fault(500, 'Internal server error', 'messaging.adaptors.http.flow.ServiceUnavailable');
  if (failure === undefined) return undefined;
  const exceeded = fault(429, 'Rate limit quota violation. Quota limit exceeded.', 'policies.ratelimit.QuotaViolation');
  return { ...exceeded, headers: { 'retry-after': '1' } };
}

function archive(
  file: ArchiveFile | undefined,
  { headers }: SampleRequest,
  hitsOf: (count: number) => number,
): SampleAnswer {
  if (!file) return fault(404, 'No archive for this month', 'sample.NoSuchMonth');
  const { articles, etag, lastModified } = file;
  const caching = { etag, 'last-modified': lastModified, 'cache-control': 'max-age=43200' };
  if (headers['if-none-match'] === etag) return { status: 304, headers: caching, body: undefined };
  return {
    status: 200,
    // as the real one serves its JSON
    headers: { ...caching, 'content-type': 'text/plain; charset=utf-8' },
    body: { copyright, response: { docs: articles, meta: { hits: hitsOf(articles.length) } } },
  };
}

function search(articles: readonly NytArticle[], parameters: URLSearchParams): SampleAnswer {
  const query = searchQuery.safeParse(Object.fromEntries(parameters));
  if (!query.success) return { status: 400, body: { status: 'ERROR', errors: [z.prettifyError(query.error)] } };
  const { begin_date, end_date, page, sort } = query.data;
  const found = articles.filter(({ pub_date }) => {
    const published = pub_date.slice(0, 10).replaceAll('-', '');
    return published >= begin_date && published <= end_date;
  });
  const offset = page * articlesPerPage;
  const ordered = sort === 'oldest' ? found : found.toReversed();
  const docs = ordered.slice(offset, offset + articlesPerPage);
  const meta = { hits: found.length, offset, time: 12 };
  return { status: 200, body: { status: 'OK', copyright, response: { docs, meta } } };
}

function fault(status: number, faultstring: string, errorcode: string): SampleAnswer {
  return { status, body: { fault: { faultstring, detail: { errorcode } } } };
}
