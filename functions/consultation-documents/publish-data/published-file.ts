import * as z from 'zod';
import { pinnedArtifactSchema } from '../../../lib/artifact/manifest.ts';
import { exportFormats } from '../derived-flow-inputs.contract.ts';

/** A table to copy, and as what. */
export const fileToPublish = z.object({ table: pinnedArtifactSchema, format: z.enum(exportFormats) });

/** A table that was copied. */
export const publishedFile = fileToPublish.extend({
  /** Without a date: the newest version takes the place of the one before. */
  file: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  url: z.string(),
});

export type PublishedFile = z.infer<typeof publishedFile>;

/** How files of each format are called. */
export const formats = {
  parquet: { extension: 'parquet', contentType: 'application/vnd.apache.parquet' },
  jsonl: { extension: 'jsonl', contentType: 'application/jsonl' },
} as const;
