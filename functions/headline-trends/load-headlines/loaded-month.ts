import * as z from 'zod';
import { month } from '../flow-inputs.contract.ts';

/** One month that an execution is to load. */
export const plannedMonth = z.object({
  month,
  /** Of the file that the warehouse was loaded from; null when it was not, or the source gave none. */
  etag: z.string().nullable(),
});

/** A month's file, unless the warehouse has it already. */
export const fetchedMonth = z.object({
  month,
  file: z.object({ key: z.string(), etag: z.string().nullable() }).nullable(),
});

/** Where articles are missing: from the newest one there is to the month's end, as instants. */
export const gap = z.object({ from: z.string(), to: z.string() });

/** Where the articles lie that are none, with the reasons, and how many they are. */
const rejectedArticles = z.object({ key: z.string(), articles: z.int().positive() }).nullable();

/** What came of loading a month's file. */
export const loadedMonth = z.object({
  month,
  /** Articles in the file; null when it was not fetched, because it has not changed. */
  articles: z.int().nonnegative().nullable(),
  /** Rows of the warehouse that are new or different. */
  changed: z.int().nonnegative(),
  rejected: rejectedArticles,
  /** What is to be filled; null when nothing is, or nothing is known yet. */
  gap: gap.nullable(),
});

/** A month whose end is missing. */
export const gapMonth = loadedMonth.extend({ gap });

/** A month with the file of articles, as they came, that the search has for its end. */
export const searchedMonth = gapMonth.extend({ found: z.object({ key: z.string() }) });

/** A month with its gap filled, as far as it could be. */
export const finishedMonth = loadedMonth.extend({
  /** Articles that were only in the search. */
  filled: z.int().nonnegative().default(0),
});

export type LoadedMonth = z.infer<typeof loadedMonth>;
export type FinishedMonth = z.infer<typeof finishedMonth>;
