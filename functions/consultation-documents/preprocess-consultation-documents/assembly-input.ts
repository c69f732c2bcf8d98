import * as z from 'zod';
import { publicationSchema } from '../../../lib/artifact/publish.ts';
import { extractionPlan } from './extraction-plan.ts';
import { normalisedDocuments } from './normalised-documents.ts';
import { runPlan } from './run-plan.ts';

/** Everything that the dataset is assembled from. */
export const assemblyInput = z.object({
  run: runPlan,
  normalised: normalisedDocuments,
  plan: extractionPlan,
  texts: publicationSchema,
});

export type AssemblyInput = z.infer<typeof assemblyInput>;
