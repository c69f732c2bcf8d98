import { gzipSync } from 'node:zlib';
import { resultKey } from '../../../lib/artifact/result-key.ts';
import { InvalidDataError } from '../../../lib/errors.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { articlesPerPage, type NytClient, openNytClient } from '../nyt-client.ts';
import { gapMonth, searchedMonth } from './loaded-month.ts';

/** The search gives no more than a thousand articles; a gap of a month's whole length would need more. */
const mostPages = 100;
/** Pages whose turns fit into the time of one attempt, half a minute each. */
const pagesPerAttempt = 50;

/** Searches for the articles that a month's file lacks at its end. */
export const searchGap = defineTask({ input: gapMonth, output: searchedMonth }, async (loaded, context) => {
  const { month, gap } = loaded;
  const client = await openNytClient(context);
  const articles = await searchAll(client, { from: gap.from.slice(0, 10), to: lastDayOf(gap.to) });
  const key = resultKey(context, `${month}.json.gz`);
  await context.artifacts.write(key, gzipSync(JSON.stringify(articles)));
  context.log.info('searched the end of a month', { month, found: articles.length });
  return { ...loaded, found: { key } };
});

export const handler = lambdaHandler(searchGap);

async function searchAll(client: NytClient, days: { from: string; to: string }): Promise<unknown[]> {
  const articles: unknown[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const { docs, hits } = await client.search(days, page);
    articles.push(...docs);
    if (hits > articlesPerPage * pagesPerAttempt) refuse(days, hits);
    if (docs.length === 0 || (page + 1) * articlesPerPage >= hits) break;
  }
  return articles;
}

function refuse({ from, to }: { from: string; to: string }, hits: number): never {
  throw new InvalidDataError(
    `${hits} articles from ${from} to ${to} are more than the end of a month; load the month's file again later`,
  );
}

/** The gap ends where the next month begins. */
function lastDayOf(end: string): string {
  return new Date(Date.parse(end) - 1).toISOString().slice(0, 10);
}
