import { createHash } from 'node:crypto';
import type { NytArticle } from './nyt-articles.ts';
import { nytMonths } from './nyt-topics.ts';

/** A month's file, as it was left when it was written for the last time. */
export interface ArchiveFile {
  readonly articles: readonly NytArticle[];
  readonly etag: string;
  readonly lastModified: string;
}

const oneHourMs = 3_600_000;

/**
 * The file of a month; undefined for a month that has none.
 *
 * It ends at 16:00 UTC of the month's last day, when it is written, so that the rest of that day is in no file. Only
 * the first is split at midnight of New York, and has articles that the second has too.
 *
 * @see the project's specification of headline-trends, section 2.5
 */
export function archiveFile(articles: readonly NytArticle[], month: string): ArchiveFile | undefined {
  const startMs = Date.parse(`${month}-01T00:00:00Z`);
  const endMs = new Date(startMs).setUTCMonth(new Date(startMs).getUTCMonth() + 1);
  const isSplitInNewYork = month === nytMonths.from;
  const fromMs = isSplitInNewYork ? startMs + 5 * oneHourMs : startMs;
  const toMs = isSplitInNewYork ? endMs + 5 * oneHourMs : endMs - 8 * oneHourMs;
  const [from, to] = [secondOf(fromMs), secondOf(toMs)];
  const inFile = articles.filter(({ pub_date }) => pub_date >= from && pub_date < to);
  if (inFile.length === 0) return undefined;
  const digest = createHash('md5').update(JSON.stringify(inFile)).digest('hex');
  return { articles: inFile, etag: `"${digest}"`, lastModified: new Date(toMs).toUTCString() };
}

/** As `pub_date` begins; what it goes on with are forms of UTC. */
function secondOf(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, '2024-01-01T00:00:00'.length);
}
