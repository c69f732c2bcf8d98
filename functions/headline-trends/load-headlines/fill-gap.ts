import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { type ArticleRow, readArticle } from '../article.ts';
import { articleTable, openHeadlineWarehouse } from '../warehouse.ts';
import { finishedMonth, searchedMonth } from './loaded-month.ts';
import { noteGap } from './month-gap.ts';

/** Merges the articles that were found for a month's end, and notes what is missing still. */
export const fillGap = defineTask({ input: searchedMonth, output: finishedMonth }, async (searched, context) => {
  const { month, found, ...loaded } = searched;
  const rows = await readRows(context, found.key);
  await using warehouse = await openHeadlineWarehouse(context);
  const { filled, seconds } = await warehouse.tx(async (session) => ({
    filled: await session.bulkUpsert(articleTable, rows),
    seconds: (await noteGap(session, month)).seconds,
  }));
  context.log.info('filled the end of a month', { month, found: rows.length, filled, secondsLeft: seconds });
  return { month, ...loaded, filled };
});

export const handler = lambdaHandler(fillGap);

async function readRows({ artifacts }: TaskContext, key: string): Promise<ArticleRow[]> {
  const text = gunzipSync((await artifacts.read(key)).bytes).toString('utf8');
  return z
    .array(z.unknown())
    .parse(JSON.parse(text))
    .flatMap((article) => {
      const read = readArticle(article);
      return 'row' in read ? [read.row] : [];
    });
}
