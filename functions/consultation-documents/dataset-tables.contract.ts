import type { ArtifactContract } from '../../lib/contract.ts';
import { consultationDocumentsLineage } from './consultation-documents-lineage.contract.ts';
import { consultationDocumentsPreprocessed } from './consultation-documents-preprocessed.contract.ts';
import { consultationDocumentsQuarantine } from './consultation-documents-quarantine.contract.ts';

/** The dataset, where its rows come from, and what is not in it, in the order in which they are published. */
export const datasetTables: readonly ArtifactContract[] = [
  consultationDocumentsQuarantine,
  consultationDocumentsLineage,
  consultationDocumentsPreprocessed,
];
