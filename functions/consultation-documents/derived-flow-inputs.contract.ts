import * as z from 'zod';
import { preprocessConsultationDocumentsInput } from './flow-inputs.contract.ts';
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

const days = 'write whole days, 1 or more, such as 60; it is 60 when left out';
const newest = 'write how many versions stay, 1 or more; it is 3 when left out';

/** What an execution of `expire-objects` accepts. */
export const expireObjectsInput = z.strictObject({
  /** Whole days that a version may be old; it goes when it is older. @default 60 */
  maxAgeDays: z.int(days).min(1, days).optional(),
  /** Versions of each table that stay, however old they are. @default 3 */
  keepNewest: z.int(newest).min(1, newest).optional(),
  /** Says what would be deleted, and deletes nothing. */
  dryRun: z.boolean('write true or false, without quotes').optional(),
});

/** What an execution of `predict-document-types` accepts; what is left out is the latest. */
export const predictDocumentTypesInput = derivedTableInput.extend({
  featuresVersion: version.optional(),
  documentEmbeddingsVersion: version.optional(),
});

/** What an execution of `predict-consultation-topics` accepts; what is left out is the latest. */
export const predictConsultationTopicsInput = derivedTableInput.extend({
  documentEmbeddingsVersion: version.optional(),
  attributeEmbeddingsVersion: version.optional(),
});

/** What tables are copied as to a public place. */
export const exportFormats = ['parquet', 'jsonl'] as const;

/** What an execution of `publish-data` accepts; versions that are left out are the latest. */
export const publishDataInput = derivedTableInput.extend({
  featuresVersion: version.optional(),
  documentEmbeddingsVersion: version.optional(),
  attributeEmbeddingsVersion: version.optional(),
  /** @default ['parquet'] */
  formats: z
    .array(z.enum(exportFormats, `write formats out of ${exportFormats.join(', ')}`))
    .min(1)
    .optional(),
});

/** What an execution of `main-ingestion` accepts; the dataset's flow gets `compat` and `accept`. */
export const mainIngestionInput = preprocessConsultationDocumentsInput.pick({ compat: true, accept: true }).extend({
  /** Copies what was made to the public place. */
  publish: z.boolean('write true or false, without quotes').optional(),
});
