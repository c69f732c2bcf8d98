import * as z from 'zod';
import { pinnedArtifactSchema } from '../../../lib/artifact/manifest.ts';

/** The versions that topics are predicted from. */
export const predictionInputs = z.object({
  preprocessed: pinnedArtifactSchema,
  documentEmbeddings: pinnedArtifactSchema,
  attributeEmbeddings: pinnedArtifactSchema,
});
