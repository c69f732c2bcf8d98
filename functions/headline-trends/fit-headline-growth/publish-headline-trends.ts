import { join } from 'node:path';
import { publicationSchema, publishArtifact } from '../../../lib/artifact/publish.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { headlineTrends } from '../headline-trends.contract.ts';
import { growthRun } from './growth-run.ts';
import { runNotes } from './run-notes.ts';

/** Publishes the growth of every term. */
export const publishHeadlineTrends = defineTask(
  { input: growthRun, output: publicationSchema },
  async (run, context) => {
    const dataFile = join(context.workFolder, 'data.parquet');
    await context.artifacts.download(run.trendsKey, dataFile);
    return await publishArtifact(context, headlineTrends, {
      dataFile,
      inputs: [],
      ...runNotes(run, headlineTrends.name),
    });
  },
);

export const handler = lambdaHandler(publishHeadlineTrends);
