import { gunzipSync } from 'node:zlib';
import { resultKey } from '../../../lib/artifact/result-key.ts';
import { InvalidDataError } from '../../../lib/errors.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import type { WarehouseSession } from '../../../lib/warehouse/warehouse.ts';
import { type ArticleRow, readArticle } from '../article.ts';
import { readArchive } from '../nyt-client.ts';
import { articleTable, openHeadlineWarehouse } from '../warehouse.ts';
import { fetchedMonth, loadedMonth } from './loaded-month.ts';
import { findGap } from './month-gap.ts';

/** Largest share of a month's articles that may be malformed. */
const toleratedShare = 0.01;

/** Merges a month's articles by id, in one transaction, and answers whether the month's end is missing. */
export const loadMonth = defineTask({ input: fetchedMonth, output: loadedMonth }, async ({ month, file }, context) => {
  const articles = file && sift(readArchive(await textOf(context, file.key), month));
  if (articles) refuseTooMany(articles, month);
  await using warehouse = await openHeadlineWarehouse(context);
  const { changed, gap } = await warehouse.tx(async (session) => {
    const merged = articles ? await session.bulkUpsert(articleTable, articles.rows) : 0;
    if (articles) await noteMonth(session, { month, etag: file.etag, ...articles });
    return { changed: merged, gap: await findGap(session, month, context.executionStartedAt) };
  });
  const rejected = articles?.rejected.length
    ? { key: await storeRejected(context, month, articles.rejected), articles: articles.rejected.length }
    : null;
  const total = articles ? articles.rows.length + articles.rejected.length : null;
  context.log.info('loaded a month', { month, articles: total, changed, rejected: rejected?.articles ?? 0 });
  return { month, articles: total, changed, rejected, gap };
});

export const handler = lambdaHandler(loadMonth);

interface SiftedArticles {
  readonly rows: readonly ArticleRow[];
  readonly rejected: readonly { readonly reason: string; readonly article: unknown }[];
}

async function textOf({ artifacts }: TaskContext, key: string): Promise<string> {
  return gunzipSync((await artifacts.read(key)).bytes).toString('utf8');
}

function sift(articles: readonly unknown[]): SiftedArticles {
  const rows: ArticleRow[] = [];
  const rejected: { reason: string; article: unknown }[] = [];
  for (const article of articles) {
    const read = readArticle(article);
    if ('row' in read) rows.push(read.row);
    else rejected.push({ reason: read.reason, article });
  }
  return { rows, rejected };
}

function refuseTooMany({ rows, rejected }: SiftedArticles, month: string): void {
  const total = rows.length + rejected.length;
  // one is never too many: small months would fail for what large ones pass over
  if (rejected.length <= Math.max(1, total * toleratedShare)) return;
  throw new InvalidDataError(
    `${rejected.length} of ${total} articles of ${month} are malformed, the first because of ${rejected[0]?.reason}; at most ${toleratedShare * 100} % are tolerated`,
  );
}

async function noteMonth(
  session: WarehouseSession,
  { month, etag, rows, rejected }: SiftedArticles & { month: string; etag: string | null },
): Promise<void> {
  await session.query(
    `INSERT INTO raw.archive_month (month, etag, articles, rejected) VALUES ($1, $2, $3, $4)
     ON CONFLICT (month) DO UPDATE SET etag = excluded.etag, articles = excluded.articles, rejected = excluded.rejected,
       gap_seconds = NULL, loaded_at = now()`,
    [month, etag, rows.length, rejected.length],
  );
}

async function storeRejected(
  context: TaskContext,
  month: string,
  rejected: SiftedArticles['rejected'],
): Promise<string> {
  const key = resultKey(context, `${month}.jsonl`);
  await context.artifacts.write(key, rejected.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return key;
}
