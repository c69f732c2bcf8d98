import type { ArtifactContract, Column } from '../../lib/contract.ts';
import { selectColumns } from '../../lib/table/contract-schema.ts';
import { quoteText } from '../../lib/table/quote.ts';
import { consultationDocumentsLineage } from './consultation-documents-lineage.contract.ts';
import { consultationDocumentsPreprocessed } from './consultation-documents-preprocessed.contract.ts';
import { consultationDocumentsQuarantine } from './consultation-documents-quarantine.contract.ts';

/**
 * Setting for a connection that runs these queries: joins are done as they are written, with the table on the right in
 * memory. DuckDB would choose by the number of rows, and hold the texts.
 */
export const joinsAsWritten: string = "SET disabled_optimizers = 'join_order,build_side_probe_side'";

const extracted = "origin IN ('extract', 'known')";

/**
 * SQL of every document with the text that its origin gives: `text`, and what was extracted from its file.
 *
 * Wants the tables `documents`, `api_texts`, `texts` and `previous`.
 */
export const candidatesQuery: string = `
  SELECT documents.*, text, extraction_status, extraction_detail, extractor, extraction_run
  FROM (
    SELECT position, content AS text, NULL AS extraction_status, NULL AS extraction_detail, NULL AS extractor,
      NULL AS extraction_run
    FROM api_texts JOIN (SELECT document_uuid, position FROM documents WHERE origin = 'api') USING (document_uuid)
    UNION ALL
    SELECT position, document_content_plain, NULL, NULL, NULL, NULL
    FROM previous JOIN (SELECT document_uuid, position FROM documents WHERE origin = 'cache') USING (document_uuid)
    UNION ALL
    SELECT position, content, status, detail, extractor, run_id
    FROM texts JOIN (SELECT document_uuid, stored_file_hash, position FROM documents WHERE ${extracted})
      USING (document_uuid, stored_file_hash))
  RIGHT JOIN documents USING (position)`;

/** SQL of the dataset and of what orders it: `row_uuid`, `row_position`; wants the tables `candidates` and `judgements`. */
export const datasetQuery: string = ordered(
  consultationDocumentsPreprocessed,
  `SELECT * REPLACE (language AS document_language), text AS document_content_plain
   FROM candidates JOIN (SELECT position, language FROM judgements WHERE reason IS NULL) AS kept USING (position)`,
);

/**
 * SQL of the lineage of the dataset's rows; a text that the last run had already keeps the run that it came with.
 *
 * Wants the tables `documents`, `judgements` and `previous_lineage`.
 */
export function lineageQuery(runId: string): string {
  return ordered(
    consultationDocumentsLineage,
    `SELECT document_uuid, position,
      CASE WHEN ${extracted} THEN 'extracted' ELSE origin END AS content_source,
      CASE WHEN ${extracted} THEN extraction_run ELSE coalesce(before.content_run_id, ${quoteText(runId)}) END
        AS content_run_id,
      content_sha256, judgements.extractor, judgements.extraction_status, stored_file_hash AS duplicate_group,
      document_language AS api_language, judgements.detected_language, judgements.language_lead,
      judgements.is_language_uncertain
    FROM documents JOIN (FROM judgements WHERE reason IS NULL) AS judgements USING (position)
    LEFT JOIN (SELECT document_uuid, content_sha256, content_run_id FROM previous_lineage) AS before
      USING (document_uuid, content_sha256)`,
  );
}

/** SQL of the documents that are no rows, each once: those that the metadata left out, and those judged so. */
export const fallenQuery: string = `
  SELECT document_uuid, first(stage ORDER BY place) AS stage, first(reason ORDER BY place) AS reason,
    first(detail ORDER BY place) AS detail
  FROM (
    SELECT document_uuid, stage, reason, detail, 0 AS place FROM dropped
    UNION ALL
    SELECT document_uuid, stage, reason, detail, position
    FROM documents JOIN (FROM judgements WHERE reason IS NOT NULL) USING (position))
  GROUP BY document_uuid`;

/**
 * SQL of the quarantine: an entry that the last run had already keeps the run that saw it first, and when none is new,
 * other or gone, every row is as it was, so that nothing is published.
 *
 * Wants the tables `fallen` and `previous_quarantine`.
 */
export function quarantineQuery(runId: string): string {
  const entries = 'document_uuid, stage, reason, detail';
  const run = quoteText(runId);
  return ordered(
    consultationDocumentsQuarantine,
    `SELECT fallen.*, 0 AS position, coalesce(before.first_seen_run, ${run}) AS first_seen_run,
      CASE WHEN (
          SELECT count(*) = 0 FROM (
            (SELECT ${entries} FROM fallen EXCEPT SELECT ${entries} FROM previous_quarantine)
            UNION ALL (SELECT ${entries} FROM previous_quarantine EXCEPT SELECT ${entries} FROM fallen)))
        THEN before.last_seen_run ELSE ${run} END AS last_seen_run
    FROM fallen LEFT JOIN previous_quarantine AS before USING (document_uuid)`,
  );
}

/** The contract's columns of a query that has `position` besides, and with them what a table can be ordered by. */
function ordered({ columns }: ArtifactContract, query: string): string {
  const withOrder: Column[] = [
    ...columns,
    { name: 'row_uuid', type: 'string', nullable: false },
    { name: 'row_position', type: 'int', nullable: false },
  ];
  return selectColumns(withOrder, `(SELECT *, document_uuid AS row_uuid, position AS row_position FROM (${query}))`);
}
