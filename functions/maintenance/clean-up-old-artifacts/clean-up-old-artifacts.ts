import {
  cleanUpReportSchema,
  cleanUpOldArtifacts as deleteOldVersions,
} from '../../../lib/artifact/clean-up-old-artifacts.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { cleanUpOldArtifactsInput } from '../clean-up-old-artifacts.contract.ts';

/** Deletes versions past their retention; what readers have now and had before always stays. */
export const cleanUpOldArtifacts = defineTask(
  { input: cleanUpOldArtifactsInput, output: cleanUpReportSchema },
  async ({ retentionDays = 7, dryRun = false }, context) =>
    await deleteOldVersions(context, { olderThanDays: retentionDays, dryRun }),
);

export const handler = lambdaHandler(cleanUpOldArtifacts);
