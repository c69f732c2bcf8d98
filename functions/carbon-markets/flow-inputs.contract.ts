import * as z from 'zod';
import { rawVerraData } from './raw-verra-data.contract.ts';
import { verraDataV2 } from './verra-data-v2.contract.ts';
import { verraRetirements } from './verra-retirements.contract.ts';

/** A month as the flows write it. */
export const month = z
  .string("write a month as YYYY-MM, such as '2024-01'")
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/, "write a month as YYYY-MM, such as '2024-01'");
const flag = z.boolean('write true or false, without quotes');
const version = z
  .string("write a version as 'flow artifact <name>' lists them")
  .regex(/^\d{8}T\d{6}Z-[\w-]+$/, "write a version as 'flow artifact <name>' lists them");

/** Months of issuance to fetch, both included; what is left out comes from the settings. */
const months = {
  fromMonth: month.optional(),
  toMonth: month.optional(),
  /** Publishes a few made-up records that come with the code and asks no source; never over a table of real ones. */
  dryRun: flag.optional(),
};

const inOrder = {
  check: ({ fromMonth, toMonth }: { fromMonth?: string | undefined; toMonth?: string | undefined }) =>
    fromMonth === undefined || toMonth === undefined || fromMonth <= toMonth,
  problem: { path: ['fromMonth'], message: "'fromMonth' may not be after 'toMonth'" },
};

/** Reproduces the original's rule for the status, to compare old and new tables. */
const compat = { compat: flag.optional() };

/** Accepts a deliberate change of size or columns, once: the version that readers have now may be left. */
function acceptOf(...artifacts: [string, ...string[]]) {
  return { accept: z.strictObject({ artifact: z.enum(artifacts), version }).optional() };
}

/** An override as states hand it on, checked when the execution started. */
export const accepted = z.object({ artifact: z.string(), version: z.string() }).optional();

/** What an execution of `raw-verra-data` accepts. */
export const rawVerraDataInput = z
  .strictObject({ ...months, ...acceptOf(rawVerraData.name) })
  .refine(inOrder.check, inOrder.problem);

/** What an execution of `verra-data` accepts; without a version it takes the latest. */
export const verraDataInput = z.strictObject({
  rawVerraDataVersion: version.optional(),
  ...compat,
  ...acceptOf(verraDataV2.name),
});

/** What an execution of `verra-retirements` accepts; without a version it takes the latest. */
export const verraRetirementsInput = z.strictObject({
  verraDataVersion: version.optional(),
  ...acceptOf(verraRetirements.name),
});

/** What an execution of `build-verra` accepts; each flow gets its part. */
export const buildVerraInput = z
  .strictObject({ ...months, ...compat, ...acceptOf(rawVerraData.name, verraDataV2.name, verraRetirements.name) })
  .refine(inOrder.check, inOrder.problem);
