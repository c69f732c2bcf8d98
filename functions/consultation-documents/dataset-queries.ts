import type { ArtifactContract, Column } from '../../lib/contract.ts';
import { selectColumns } from '../../lib/table/contract-schema.ts';
import { quoteText } from '../../lib/table/quote.ts';
import { consultationDocumentsLineage } from './consultation-documents-lineage.contract.ts';
import { consultationDocumentsPreprocessed } from './consultation-documents-preprocessed.contract.ts';
import { consultationDocumentsQuarantine } from './consultation-documents-quarantine.contract.ts';

/**
 * SQL of every document with the text that its origin gives: `text`, and what was extracted from its file.
 *
 * Wants the tables `documents`, `api_texts`, `texts` and `previous`.
 */
export const candidatesQuery: string = `
  SELECT documents.*,
    CASE origin
      WHEN 'api' THEN api_texts.content
      WHEN 'cache' THEN previous.document_content_plain
      WHEN 'extract' THEN texts.content
      WHEN 'known' THEN texts.content
    END AS text,
    texts.status AS extraction_status, texts.detail AS extraction_detail, texts.extractor, texts.run_id AS extraction_run
  FROM documents
  LEFT JOIN api_texts USING (document_uuid)
  LEFT JOIN previous USING (document_uuid)
  LEFT JOIN (FROM texts WHERE true) AS texts
    ON origin IN ('extract', 'known') AND texts.document_uuid = documents.document_uuid
    AND texts.stored_file_hash = documents.stored_file_hash`;

/** SQL of the dataset and of what orders it: `row_uuid`, `row_position`; wants the tables `candidates` and `judgements`. */
export const datasetQuery: string = ordered(
  consultationDocumentsPreprocessed,
  `SELECT * REPLACE (language AS document_language), text AS document_content_plain
   FROM candidates JOIN (SELECT position, language FROM judgements WHERE reason IS NULL) USING (position)`,
);

/**
 * SQL of the lineage of the dataset's rows; a text that the last run had already keeps the run that it came with.
 *
 * Wants the tables `candidates`, `judgements` and `previous_lineage`.
 */
export function lineageQuery(runId: string): string {
  const isExtracted = "origin IN ('extract', 'known')";
  return ordered(
    consultationDocumentsLineage,
    `SELECT candidates.document_uuid, candidates.position,
      CASE WHEN ${isExtracted} THEN 'extracted' ELSE origin END AS content_source,
      CASE WHEN ${isExtracted} THEN extraction_run ELSE coalesce(before.content_run_id, ${quoteText(runId)}) END
        AS content_run_id,
      sha256(text) AS content_sha256,
      CASE WHEN ${isExtracted} THEN candidates.extractor END AS extractor,
      CASE WHEN ${isExtracted} THEN candidates.extraction_status END AS extraction_status,
      stored_file_hash AS duplicate_group,
      candidates.document_language AS api_language,
      judgements.detected_language, judgements.language_lead, judgements.is_language_uncertain
    FROM candidates JOIN (FROM judgements WHERE reason IS NULL) AS judgements USING (position)
    LEFT JOIN previous_lineage AS before
      ON before.document_uuid = candidates.document_uuid AND before.content_sha256 = sha256(text)`,
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
