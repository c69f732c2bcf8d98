import * as z from 'zod';

const month = z
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
  /** Takes a few made-up records that come with the code, and asks no source. */
  dryRun: flag.optional(),
};

const inOrder = {
  check: ({ fromMonth, toMonth }: { fromMonth?: string | undefined; toMonth?: string | undefined }) =>
    fromMonth === undefined || toMonth === undefined || fromMonth <= toMonth,
  problem: { path: ['fromMonth'], message: "'fromMonth' may not be after 'toMonth'" },
};

/** Reproduces the original's rule for the status, to compare old and new tables. */
const compat = { compat: flag.optional() };

/** What an execution of `raw-verra-data` accepts. */
export const rawVerraDataInput = z.strictObject(months).refine(inOrder.check, inOrder.problem);

/** What an execution of `verra-data` accepts; without a version it takes the latest. */
export const verraDataInput = z.strictObject({ rawVerraDataVersion: version.optional(), ...compat });

/** What an execution of `verra-retirements` accepts; without a version it takes the latest. */
export const verraRetirementsInput = z.strictObject({ verraDataVersion: version.optional() });

/** What an execution of `build-verra` accepts. */
export const buildVerraInput = z.strictObject({ ...months, ...compat }).refine(inOrder.check, inOrder.problem);
