import * as z from 'zod';
import { publicationSchema } from '../../../lib/artifact/publish.ts';
import { resultKey } from '../../../lib/artifact/result-key.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { finishedRun, runManifest } from './run-manifest.ts';

const counts = z.record(z.string(), z.int());

/** What an execution answers. */
const runSummary = z.object({
  artifacts: z.array(publicationSchema),
  documents: z.int(),
  rows: z.int(),
  filesExtracted: z.int(),
  knownTexts: z.int(),
  dropped: counts,
  warnings: z.array(z.string()),
  /** Where the whole manifest of the run lies. */
  manifestKey: z.string(),
});

/** Keeps the manifest of the run and answers what is most worth knowing. */
export const describeRun = defineTask({ input: finishedRun, output: runSummary }, async (finished, context) => {
  const manifest = runManifest(finished, context);
  const manifestKey = resultKey(context, 'manifest.json');
  await context.artifacts.write(manifestKey, JSON.stringify(manifest, undefined, 2));
  for (const warning of manifest.warnings) context.log.warn(warning);
  const { documents, rows, filesExtracted, knownTexts, dropped, warnings } = manifest;
  const artifacts = [finished.texts, ...finished.publications];
  return { artifacts, documents, rows, filesExtracted, knownTexts, dropped, warnings, manifestKey };
});

export const handler = lambdaHandler(describeRun);
