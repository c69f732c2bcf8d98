import * as z from 'zod';
import { pinnedArtifactSchema } from '../../../lib/artifact/manifest.ts';

/** What an execution goes by from its first state to its last, with every default filled in. */
export const runPlan = z.object({
  compat: z.boolean(),
  bootstrap: z.boolean(),
  retryFailed: z.boolean(),
  concurrency: z.int().positive(),
  toleratedFailurePercentage: z.number(),
  filesPerBatch: z.int().positive(),
  accept: z.object({ artifact: z.string(), version: z.string() }).optional(),
  /** The versions of the last run; null when there was none. */
  previous: z.object({
    preprocessed: pinnedArtifactSchema.nullable(),
    texts: pinnedArtifactSchema.nullable(),
    quarantine: pinnedArtifactSchema.nullable(),
    lineage: pinnedArtifactSchema.nullable(),
  }),
});

export type RunPlan = z.infer<typeof runPlan>;
