import * as z from 'zod';
import { pinnedArtifactSchema } from '../../../lib/artifact/manifest.ts';
import { accepted } from '../flow-inputs.contract.ts';

/** The version that `verra_retirements` is built from. */
export const verraRetirementsInputs = z.object({ verraData: pinnedArtifactSchema, accept: accepted });
