import { InvalidDataError } from '../../../lib/errors.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { type ArticleRow, readArticle } from '../article.ts';
import { articlesPerPage, openNytClient } from '../nyt-client.ts';
import { articleTable, openHeadlineWarehouse } from '../warehouse.ts';
import { finishedMonth, loadedMonth } from './loaded-month.ts';
import { noteGap } from './month-gap.ts';

/** The search gives no more than a thousand articles; a gap of a month's whole length would need more. */
const mostPages = 100;
/** Pages whose turns fit into the time of one attempt, half a minute each. */
const pagesPerAttempt = 50;

/** Fetches the articles that a month's file lacks at its end, and notes what is missing still. */
export const fillGap = defineTask({ input: loadedMonth, output: finishedMonth }, async (loaded, context) => {
  const { month, gap } = loaded;
  if (!gap) return { ...loaded, filled: 0 };
  const rows = await searchAll(context, { from: gap.from.slice(0, 10), to: lastDayOf(gap.to) });
  await using warehouse = await openHeadlineWarehouse(context);
  const { filled, seconds } = await warehouse.tx(async (session) => ({
    filled: await session.bulkUpsert(articleTable, rows),
    seconds: (await noteGap(session, month)).seconds,
  }));
  context.log.info('filled the end of a month', { month, found: rows.length, filled, secondsLeft: seconds });
  return { ...loaded, filled };
});

export const handler = lambdaHandler(fillGap);

async function searchAll(context: TaskContext, days: { from: string; to: string }): Promise<ArticleRow[]> {
  const client = await openNytClient(context);
  const rows: ArticleRow[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const { docs, hits } = await client.search(days, page);
    for (const doc of docs) {
      const read = readArticle(doc);
      if ('row' in read) rows.push(read.row);
    }
    if (hits > articlesPerPage * pagesPerAttempt) refuse(days, hits);
    if (docs.length === 0 || (page + 1) * articlesPerPage >= hits) break;
  }
  return rows;
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
