import * as z from 'zod';

const sizes = z.record(z.string(), z.int());

/** What a unit answers: small figures, never data. */
export const unitDone = z.object({
  index: z.int(),
  files: z.int(),
  bytes: z.int(),
  /** Periods of the global series by feature, from the unit that makes them. */
  sizes: z.object({ month: sizes.optional(), year: sizes.optional() }).optional(),
});
