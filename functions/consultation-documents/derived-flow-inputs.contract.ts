import * as z from 'zod';

const version = z
  .string("write a version as 'flow artifact <name>' lists them")
  .regex(/^\d{8}T\d{6}Z-[\w-]+$/, "write a version as 'flow artifact <name>' lists them");

/** What an execution of a flow accepts that makes one table from the dataset; without a version it takes the latest. */
export const derivedTableInput = z.strictObject({ preprocessedVersion: version.optional() });
