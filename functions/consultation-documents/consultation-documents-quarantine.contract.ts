import * as z from 'zod';
import type { ArtifactContract } from '../../lib/contract.ts';
import { columnsOf, rulesOf } from './schema-columns.ts';
import { tableKeeping } from './table-keeping.contract.ts';

/** One document that is not in the dataset, and why. */
export const quarantinedSchema = z.object({
  document_uuid: z.string(),
  /** Where in the flow it fell out. */
  stage: z.enum(['metadata', 'language', 'extraction', 'filter', 'validation']),
  /** Such as `missing_start_date`, `encrypted` or `empty_text`. */
  reason: z.string(),
  detail: z.string(),
  first_seen_run: z.string(),
  /** The run of the version that holds the row: nothing is published when nothing but this would change. */
  last_seen_run: z.string(),
});

export type Quarantined = z.infer<typeof quarantinedSchema>;

/** @see the specification of consultation-documents, section 5.4 */
export const consultationDocumentsQuarantine: ArtifactContract = {
  name: 'consultation-documents-quarantine',
  description: 'Documents that are not in the dataset, with stage and reason',
  columns: columnsOf(quarantinedSchema),
  key: { columns: ['document_uuid'], onDuplicate: 'fail' },
  rules: rulesOf(quarantinedSchema),
  minRowsRatio: 0,
  keeps: tableKeeping,
};
