import * as z from 'zod';
import { languages } from './vocabularies.ts';

const version = z
  .string("write a version as 'flow artifact <name>' lists them")
  .regex(/^\d{8}T\d{6}Z-[\w-]+$/, "write a version as 'flow artifact <name>' lists them");

/** What an execution of a flow accepts that makes one table from the dataset; without a version it takes the latest. */
export const derivedTableInput = z.strictObject({ preprocessedVersion: version.optional() });

/** What an execution of `extract-document-features` accepts. */
export const extractDocumentFeaturesInput = derivedTableInput.extend({
  /** Measures files of documents in this language only. */
  language: z.enum(languages, `write a language, one of ${languages.join(', ')}`).optional(),
});
