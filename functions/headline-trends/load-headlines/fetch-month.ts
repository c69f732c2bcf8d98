import { gzipSync } from 'node:zlib';
import { resultKey } from '../../../lib/artifact/result-key.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { openNytClient } from '../nyt-client.ts';
import { fetchedMonth, plannedMonth } from './loaded-month.ts';

/** Fetches a month's file, unless it is the one that the warehouse was loaded from. */
export const fetchMonth = defineTask(
  { input: plannedMonth, output: fetchedMonth },
  async ({ month, etag }, context) => {
    const client = await openNytClient(context);
    const answer = await client.archive(month, etag ?? undefined);
    if (!answer) {
      context.log.info('the month has not changed', { month });
      return { month, file: null };
    }
    // the month is part of the key: where the context does not tell a task its place in the Map, months stay apart
    const key = resultKey(context, `${month}.json.gz`);
    await context.artifacts.write(key, gzipSync(answer.text));
    context.log.info('fetched a month', { month, characters: answer.text.length });
    return { month, file: { key, etag: answer.etag } };
  },
);

export const handler = lambdaHandler(fetchMonth);
