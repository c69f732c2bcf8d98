import * as z from 'zod';
import type { Publication } from '../../lib/artifact/publish.ts';

/** What a publishing state answers, and with it the execution: the version that readers get from now on. */
export const publication: z.ZodType<Publication, Publication> = z.object({
  artifact: z.string(),
  version: z.string(),
  status: z.enum(['published', 'unchanged']),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  sha256: z.string(),
  rowsSha256: z.string(),
  key: z.string(),
  url: z.string(),
});
