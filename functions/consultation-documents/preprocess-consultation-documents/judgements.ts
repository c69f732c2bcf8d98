import { type Column, columns } from '../../../lib/contract.ts';
import type { Json } from '../../../lib/json.ts';
import type { Row } from '../../../lib/table/cell.ts';
import type { LoadableCell, LoadableRows } from '../../../lib/table/load-rows.ts';
import { quoteName } from '../../../lib/table/quote.ts';
import type { Sql } from '../../../lib/table/sql.ts';
import { fullConsultationDocumentSchemaV1 } from '../document-schema.ts';
import { type Candidate, type Judgement, judgeAsOriginal, judgeCandidate } from '../judge-candidate.ts';
import { columnsOf } from '../schema-columns.ts';

/** Columns of the table of judgements, one row per document. */
export const judgementColumns: readonly Column[] = columns({
  position: 'int',
  content_sha256: 'string?',
  extractor: 'string?',
  extraction_status: 'string?',
  extraction_run: 'string?',
  language: 'string?',
  detected_language: 'string?',
  language_lead: 'float?',
  is_language_uncertain: 'bool',
  stage: 'string?',
  reason: 'string?',
  detail: 'string?',
});

const datasetColumns = columnsOf(fullConsultationDocumentSchemaV1);
const textColumn = 'document_content_plain';
/** As much of a text as a judgement looks at; whole texts stay in their files. */
const textBeginning = 2000;

const beginningsQuery = `
  SELECT position, origin, extraction_status, extraction_detail, extractor, extraction_run,
    sha256(text) AS content_sha256, left(text, ${textBeginning}) AS ${textColumn},
    ${datasetColumns
      .map(({ name }) => name)
      .filter((name) => name !== textColumn)
      .map(quoteName)
      .join(', ')}
  FROM candidates`;

/** Judges every candidate; wants the view `candidates`. */
export async function* judgements(sql: Sql, compat: boolean): LoadableRows {
  const judge = compat ? judgeAsOriginal : judgeCandidate;
  for await (const rows of sql.batches(beginningsQuery)) {
    for (const row of rows) {
      yield { ...provenanceOf(row), ...columnsOfJudgement(judge(candidateOf(row)), row) };
    }
  }
}

function provenanceOf(row: Row): Readonly<Record<string, LoadableCell>> {
  return {
    position: Number(row.position),
    content_sha256: textOrNull(row.content_sha256),
    extractor: textOrNull(row.extractor),
    extraction_status: textOrNull(row.extraction_status),
    extraction_run: textOrNull(row.extraction_run),
  };
}

function columnsOfJudgement(judgement: Judgement, row: Row): Readonly<Record<string, LoadableCell>> {
  if ('reason' in judgement) return { is_language_uncertain: false, ...judgement };
  const { language, detected } = judgement;
  return {
    language,
    detected_language: detected?.language,
    language_lead: detected?.lead,
    is_language_uncertain: row.document_source !== 'fedlex' && !detected?.isConfident,
  };
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function candidateOf({ origin, extraction_status: status, extraction_detail: detail, ...row }: Row): Candidate {
  const fields = datasetColumns.map(({ name, type }) => [name, type === 'ts' ? withoutZone(row[name]) : row[name]]);
  return {
    origin: String(origin),
    extraction: typeof status === 'string' ? { status, detail: typeof detail === 'string' ? detail : null } : undefined,
    fields: { ...Object.fromEntries(fields), consultation_internal_tags: tagsOf(row.consultation_internal_tags) },
  };
}

function tagsOf(tags: Json | undefined): unknown {
  if (!Array.isArray(tags)) return tags;
  return tags.map((tag) => ({ ...tag, created_at: withoutZone(tag.created_at) }));
}

/** Timestamps come from the table as instants in UTC; the schema's have no zone. */
function withoutZone(time: Json | undefined): Json | undefined {
  return typeof time === 'string' ? time.replace('Z', '') : time;
}
