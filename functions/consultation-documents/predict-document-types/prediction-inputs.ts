import * as z from 'zod';
import { pinnedArtifactSchema } from '../../../lib/artifact/manifest.ts';

/** The versions that types are predicted from. */
export const predictionInputs = z.object({
  preprocessed: pinnedArtifactSchema,
  features: pinnedArtifactSchema,
  documentEmbeddings: pinnedArtifactSchema,
});
