import { join } from 'node:path';
import type * as z from 'zod';
import { rejectedKey, versionOf } from '../../../lib/artifact/key.ts';
import { publicationSchema, publishArtifact } from '../../../lib/artifact/publish.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { dailyTermCounts } from '../daily-term-counts.contract.ts';
import { tokeniser } from '../models/models.ts';
import { builtCounts } from './term-counts.ts';

/** Publishes the counts; what was malformed lies beside them, with the reasons. */
export const publishDailyTermCounts = defineTask(
  { input: builtCounts, output: publicationSchema },
  async (built, context) => {
    const notes = [
      `counted by the ${built.rules} rules, with days of ${built.dayZone} and tokeniser ${tokeniser}`,
      ...(await keepRejected(built, context)),
    ];
    const dataFile = join(context.workFolder, 'data.parquet');
    await context.artifacts.download(built.key, dataFile);
    const [first, ...others] = built.months;
    return await publishArtifact(context, dailyTermCounts, {
      dataFile,
      inputs: [],
      sourceWindow: { fromMonth: first.month, toMonth: (others.at(-1) ?? first).month },
      notes,
      accept: built.accept,
    });
  },
);

export const handler = lambdaHandler(publishDailyTermCounts);

async function keepRejected({ months }: z.infer<typeof builtCounts>, context: TaskContext): Promise<string[]> {
  const rejected = months.flatMap((month) => month.rejected ?? []);
  if (rejected.length === 0) return [];
  const lines = await Promise.all(rejected.map(async ({ key }) => (await context.artifacts.read(key)).bytes));
  const keptKey = rejectedKey(dailyTermCounts.name, versionOf(context), 'articles.jsonl');
  await context.artifacts.write(keptKey, Buffer.concat(lines));
  const count = rejected.reduce((sum, { articles }) => sum + articles, 0);
  const note = `${count} articles are malformed and left out; ${keptKey} holds them with the reasons`;
  context.log.warn(note);
  return [note];
}
