import * as z from 'zod';
import { endpoints } from '../demokratis-client.ts';

/** Where the records of one endpoint lie: a Parquet file with the column `record`, JSON text. */
export const fetchedEndpoint = z.object({
  endpoint: z.enum(endpoints),
  key: z.string(),
  records: z.int().nonnegative(),
  /** Of the answer as it came. */
  bytes: z.int().nonnegative(),
  sha256: z.string(),
});

export type FetchedEndpoint = z.infer<typeof fetchedEndpoint>;
