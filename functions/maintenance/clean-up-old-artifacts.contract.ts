import * as z from 'zod';

const wholeDays = 'write whole days, 1 or more, such as 7; it is 7 when left out';

/** What an execution of `clean-up-old-artifacts` accepts. */
export const cleanUpOldArtifactsInput = z.strictObject({
  retentionDays: z.int(wholeDays).min(1, wholeDays).optional(),
  /** Says what would be deleted, and deletes nothing. */
  dryRun: z.boolean('write true or false, without quotes').optional(),
});
