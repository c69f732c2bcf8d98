import type { PinnedArtifact } from '../../../lib/artifact/manifest.ts';
import type { Sql } from '../../../lib/table/sql.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { consultationDocumentTexts } from '../consultation-document-texts.contract.ts';
import { consultationDocumentsLineage } from '../consultation-documents-lineage.contract.ts';
import { consultationDocumentsPreprocessed } from '../consultation-documents-preprocessed.contract.ts';
import { consultationDocumentsQuarantine } from '../consultation-documents-quarantine.contract.ts';
import { candidatesQuery } from '../dataset-queries.ts';
import { viewPinned, viewStored } from '../pinned-view.ts';
import type { AssemblyInput } from './assembly-input.ts';

/** Makes the tables that the dataset is assembled from, and answers the published versions among them. */
export async function loadAssemblyTables(
  sql: Sql,
  { run, normalised, plan, texts }: AssemblyInput,
  context: TaskContext,
): Promise<PinnedArtifact[]> {
  const at = { sql, context };
  const { preprocessed, quarantine, lineage } = run.previous;
  const pinnedTexts = { name: texts.artifact, version: texts.version, sha256: texts.sha256, rows: texts.rows };
  // only the original's rules take texts from the last dataset itself
  const previous = run.compat && run.bootstrap ? preprocessed : null;
  await viewStored(at, 'documents', plan.documentsKey);
  await viewStored(at, 'api_texts', plan.apiTextsKey);
  await viewStored(at, 'dropped', normalised.droppedKey);
  await viewPinned(at, 'texts', { contract: consultationDocumentTexts, pinned: pinnedTexts });
  await viewPinned(at, 'previous', { contract: consultationDocumentsPreprocessed, pinned: previous });
  await viewPinned(at, 'previous_lineage', { contract: consultationDocumentsLineage, pinned: lineage });
  await viewPinned(at, 'previous_quarantine', { contract: consultationDocumentsQuarantine, pinned: quarantine });
  await sql.run(`CREATE VIEW candidates AS ${candidatesQuery}`);
  return [pinnedTexts, ...(previous ? [previous] : [])];
}
