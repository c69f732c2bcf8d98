import * as z from 'zod';
import { pinnedArtifactSchema } from '../../../lib/artifact/manifest.ts';
import { publicationSchema } from '../../../lib/artifact/publish.ts';
import { workList } from '../work-list.ts';

/** What an execution is to measure, and what it builds on. */
export const featurePlan = z.object({
  preprocessed: pinnedArtifactSchema,
  /** The figures that there are; null before the first run. */
  previous: pinnedArtifactSchema.nullable(),
  work: workList,
  /** What there is already, when that is all there is to do. */
  unchanged: publicationSchema.nullable(),
});

/** One file to measure. */
export const fileToMeasure = z.object({
  document_uuid: z.string(),
  stored_file_hash: z.string(),
  stored_file_path: z.string(),
});
