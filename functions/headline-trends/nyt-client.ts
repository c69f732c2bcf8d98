import * as z from 'zod';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import type { Clock } from '../../lib/clock.ts';
import { InvalidDataError } from '../../lib/errors.ts';
import type { SecretSource } from '../../lib/secret/secret-source.ts';
import { httpSource, type SourceCaller } from '../../lib/source/http-source.ts';
import { turnsBooked, turnsInStore } from '../../lib/source/turns-in-store.ts';

/** Articles as they come, and how many the source says there are. */
export interface NytAnswer {
  readonly docs: readonly unknown[];
  readonly hits: number;
}

/** The Archive and Article Search APIs of the New York Times. */
export interface NytClient {
  /** A month's file as text; undefined when it is still the one with this ETag. */
  archive(month: string, etag?: string): Promise<{ text: string; etag: string | null } | undefined>;
  /** Ten articles of a range of days, oldest first; pages count from 0. */
  search(days: { readonly from: string; readonly to: string }, page: number): Promise<NytAnswer>;
}

/** The source itself; a setting can name a stand-in. */
const nytUrl = 'https://api.nytimes.com';
/** Five requests a minute are allowed; this is the pause the source itself advises, and a little. */
export const defaultPauseMs = 12_500;
/** Of the 500 that are allowed: the rest is for people. */
export const callsPerDay = 450;
/** The folder below `state/` in which executions share their turns. */
export const nytState = 'nyt-api';
const turnsKey = `state/${nytState}/turns.json`;
export const articlesPerPage = 10;

const attempts = 6;
const timeoutMs = 120_000;
const longestRetryAfterMs = 300_000;
const firstRetryPauseMs = 13_000;

// the search calls it metadata since April 2025
const meta = z.looseObject({ hits: z.int().nonnegative() });
const answer = z
  .looseObject({
    response: z.looseObject({
      docs: z.array(z.unknown()).nullable(),
      meta: meta.optional(),
      metadata: meta.optional(),
    }),
  })
  .transform(({ response }, context): NytAnswer => {
    const hits = (response.meta ?? response.metadata)?.hits;
    if (hits !== undefined) return { docs: response.docs ?? [], hits };
    context.addIssue({ code: 'custom', message: 'neither meta nor metadata says how many hits there are' });
    return z.NEVER;
  });

type Caller = SourceCaller & {
  readonly clock: Clock;
  readonly settings: SecretSource;
  readonly secrets: SecretSource;
  readonly artifacts: ArtifactStore;
};

/**
 * Opens the APIs, or what `NYT_API_URL` names; every request waits for its turn among all executions.
 *
 * @see the specification of headline-trends, §2.1
 */
export async function openNytClient(caller: Caller): Promise<NytClient> {
  const { settings, secrets } = caller;
  const pauseMs = await pauseSetting(settings);
  const source = httpSource(caller, {
    name: 'the NYT API',
    baseUrl: (await settings.find('NYT_API_URL')) ?? nytUrl,
    timeoutMs,
    attempts,
    longestRetryAfterMs,
    retryPauseMs: (failedAttempts, clock) => firstRetryPauseMs * 2 ** (failedAttempts - 1) + clock.chance() * 1000,
    // a stand-in that needs no pause has no limit by the day either, and must not use up the real one's
    ...(pauseMs === 0
      ? {}
      : { takeTurn: turnsInStore(caller, { name: 'the NYT API', key: turnsKey, pauseMs, callsPerDay }) }),
  });
  const key = await secrets.get('NYT_API_KEY');
  return {
    archive: (month, etag) =>
      source.changed({
        path: `/svc/archive/v1/${archivePath(month)}`,
        query: { 'api-key': key },
        ...(etag === undefined ? {} : { ifNoneMatch: etag }),
      }),
    search: ({ from, to }, page) =>
      source.json(
        {
          path: '/svc/search/v2/articlesearch.json',
          query: { begin_date: compact(from), end_date: compact(to), sort: 'oldest', page, 'api-key': key },
        },
        answer,
      ),
  };
}

/**
 * Reads a month's file.
 *
 * @throws {InvalidDataError} it is not what the API documents, or holds another number of articles than it says
 */
export function readArchive(text: string, month: string): readonly unknown[] {
  const parsed = answer.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new InvalidDataError(`the archive of ${month} has another shape: ${z.prettifyError(parsed.error)}`);
  }
  const { docs, hits } = parsed.data;
  if (docs.length === hits) return docs;
  throw new InvalidDataError(
    `the archive of ${month} says it has ${hits} articles and holds ${docs.length}; it is not complete`,
  );
}

/** `2024/9.json`: the month without its zero. */
export function archivePath(month: string): string {
  return `${month.slice(0, 4)}/${Number(month.slice(5))}.json`;
}

/** How many calls all executions together have made today, or booked. */
export async function callsToday(caller: {
  readonly clock: Clock;
  readonly artifacts: ArtifactStore;
}): Promise<number> {
  return await turnsBooked(caller, turnsKey);
}

/** How long to wait between two calls, in milliseconds. */
export async function pauseSetting(settings: SecretSource): Promise<number> {
  const text = await settings.find('NYT_PAUSE_MILLISECONDS');
  if (text === undefined) return defaultPauseMs;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidDataError(
    `setting NYT_PAUSE_MILLISECONDS is '${text}'; write whole milliseconds, such as ${defaultPauseMs}`,
  );
}

function compact(day: string): string {
  return day.replaceAll('-', '');
}

/** Undefined, which has no shape, for text that is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
