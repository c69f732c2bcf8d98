import * as z from 'zod';
import { pinnedArtifactSchema } from '../../../lib/artifact/manifest.ts';

const storedTable = z.object({ key: z.string(), rows: z.int().nonnegative() });

/** How many documents there are of a kind. */
const counts = z.record(z.string(), z.int());

/** The tables that are to be published, and what there is to say of them. */
export const assembledDataset = z.object({
  dataset: storedTable,
  lineage: storedTable,
  quarantine: storedTable,
  inputs: z.array(pinnedArtifactSchema),
  notes: z.array(z.string()),
  /** Documents of the API. */
  documents: z.int().nonnegative(),
  /** By reason. */
  dropped: counts,
  /** By source, language and type. */
  kinds: counts,
  /** By where the text comes from. */
  texts: counts,
  /** Cantonal rows whose language is another than the platform says. */
  relabelledLanguages: z.int().nonnegative(),
});

export type AssembledDataset = z.infer<typeof assembledDataset>;
