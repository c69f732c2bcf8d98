import { join } from 'node:path';
import { publicationSchema, publishArtifact } from '../../../lib/artifact/publish.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { headlineTrendSeries } from '../headline-trend-series.contract.ts';
import { growthRun } from './growth-run.ts';
import { runNotes } from './run-notes.ts';

/** Publishes the daily series that the growth was fitted to. */
export const publishHeadlineTrendSeries = defineTask(
  { input: growthRun, output: publicationSchema },
  async (run, context) => {
    const dataFile = join(context.workFolder, 'data.parquet');
    await context.artifacts.download(run.seriesKey, dataFile);
    return await publishArtifact(context, headlineTrendSeries, {
      dataFile,
      inputs: [],
      ...runNotes(run, headlineTrendSeries.name),
    });
  },
);

export const handler = lambdaHandler(publishHeadlineTrendSeries);
