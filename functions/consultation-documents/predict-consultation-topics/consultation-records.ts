import type { Json } from '../../../lib/json.ts';
import type { Row } from '../../../lib/table/cell.ts';
import { quoteText } from '../../../lib/table/quote.ts';

/** Which consultations are asked about besides that nobody has reviewed their topics. @see the specification, section 7.5 */
export const consultationFilters = { document_language: ['de'], consultation_start_date_from: '2019-01-01' } as const;

/** The files of one execution. */
export interface RecordSources {
  readonly preprocessedFile: string;
  readonly documentEmbeddingsFile: string;
  readonly attributeEmbeddingsFile: string;
}

/**
 * SQL of one row for each document of a consultation to ask about, in order of consultations: its vector, and those of
 * the consultation's title and organisation.
 */
export function consultationVectorsQuery(sources: RecordSources, types: readonly string[]): string {
  const { document_language: languages, consultation_start_date_from: from } = consultationFilters;
  const attributes = `read_parquet(${quoteText(sources.attributeEmbeddingsFile)})`;
  const attribute = (name: string) =>
    `(SELECT consultation_identifier, attribute_language AS document_language, embedding FROM ${attributes}
      WHERE attribute_name = ${quoteText(name)})`;
  return `
    SELECT consultation_identifier, documents.embedding AS document, titles.embedding AS title,
      organisations.embedding AS organisation, documents.embedding_model
    FROM read_parquet(${quoteText(sources.preprocessedFile)}) AS dataset
    JOIN read_parquet(${quoteText(sources.documentEmbeddingsFile)}) AS documents USING (document_uuid)
    JOIN ${attribute('consultation_title')} AS titles USING (consultation_identifier, document_language)
    JOIN ${attribute('organisation_name')} AS organisations USING (consultation_identifier, document_language)
    WHERE consultation_topics_label_source <> 'manual'
      AND document_language IN (${languages.map(quoteText).join(', ')})
      AND consultation_start_date >= ${quoteText(from)}
      AND document_type IN (${types.map(quoteText).join(', ')})
    ORDER BY consultation_identifier, document_uuid`;
}

/** What a model is asked about one consultation. */
export interface ConsultationRecord {
  readonly consultation: string;
  readonly embeddingModel: string;
  /** Title, mean of the documents, organisation: three vectors in one. */
  readonly embedding: readonly number[];
}

/** One record for each consultation, from its documents' rows, in bounded memory. */
export async function* consultationRecords(
  pieces: AsyncIterable<readonly Row[]>,
): AsyncGenerator<readonly ConsultationRecord[]> {
  let sum: Sum | undefined;
  for await (const rows of pieces) {
    const done: ConsultationRecord[] = [];
    for (const row of rows) {
      if (sum && sum.first.consultation_identifier !== row.consultation_identifier) {
        done.push(recordOf(sum));
        sum = undefined;
      }
      sum = added(sum, row);
    }
    yield done;
  }
  if (sum) yield [recordOf(sum)];
}

interface Sum {
  readonly first: Row;
  readonly total: readonly number[];
  readonly documents: number;
}

function added(sum: Sum | undefined, row: Row): Sum {
  const vector = numbers(row.document);
  if (!sum) return { first: row, total: vector, documents: 1 };
  const total = sum.total.map((value, index) => value + (vector[index] ?? 0));
  return { ...sum, total, documents: sum.documents + 1 };
}

function recordOf({ first, total, documents }: Sum): ConsultationRecord {
  const mean = total.map((value) => value / documents);
  return {
    consultation: String(first.consultation_identifier),
    embeddingModel: String(first.embedding_model),
    embedding: [...numbers(first.title), ...mean, ...numbers(first.organisation)],
  };
}

function numbers(vector: Json | undefined): number[] {
  return Array.isArray(vector) ? vector.map(Number) : [];
}
