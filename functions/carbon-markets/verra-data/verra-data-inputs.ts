import * as z from 'zod';
import { pinnedArtifactSchema } from '../../../lib/artifact/manifest.ts';
import { accepted } from '../flow-inputs.contract.ts';

/** The versions that `verra_data_v2` is built from, and by which rule. */
export const verraDataInputs = z.object({
  rawVerraData: pinnedArtifactSchema,
  /** Null when it was never published. */
  mossBridgedOffsets: pinnedArtifactSchema.nullable(),
  compat: z.boolean(),
  accept: accepted,
});
