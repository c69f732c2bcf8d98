import { quoteText } from '../../../lib/table/quote.ts';

/** Which documents are asked about besides that they have no type. @see the specification, section 7.4 */
export const documentFilters = { document_language: ['de'], consultation_start_date_from: '2019-01-01' } as const;

/** The files of one execution. */
export interface RecordSources {
  readonly preprocessedFile: string;
  readonly featuresFile: string;
  readonly embeddingsFile: string;
}

/**
 * SQL of one record for each document without a type: its uuid, and what the model looks at. Shares of pages and other
 * figures that are not known are null.
 *
 * @see the specification of consultation-documents, section 7.4
 */
export function documentRecordsQuery({ preprocessedFile, featuresFile, embeddingsFile }: RecordSources): string {
  const { document_language: languages, consultation_start_date_from: from } = documentFilters;
  return `
    SELECT document_uuid, count_pages, contains_table_on_first_page, average_page_aspect_ratio, count_images,
      count_pages_containing_tables / count_pages AS share_of_pages_with_tables,
      count_pages_containing_images / count_pages AS share_of_pages_with_images,
      contains(lower(left(document_content_plain, 1000)), 'synopse') AS says_synopse,
      regexp_matches(left(document_content_plain, 3000), 'sehr geehrter?\\s', 'i') AS has_formal_salutation,
      date_diff('day', consultation_start_date, document_publication_date) AS days_from_start_to_publication,
      date_diff('day', consultation_end_date, document_publication_date) AS days_from_end_to_publication,
      epoch(consultation_start_date)::BIGINT AS consultation_start_seconds,
      document_source = 'fedlex' AS is_federal,
      embedding, embedding_model
    FROM read_parquet(${quoteText(preprocessedFile)}) AS dataset
    JOIN read_parquet(${quoteText(featuresFile)}) AS features USING (document_uuid, stored_file_hash)
    JOIN read_parquet(${quoteText(embeddingsFile)}) AS embeddings USING (document_uuid)
    WHERE document_type IS NULL
      AND document_language IN (${languages.map(quoteText).join(', ')})
      AND consultation_start_date >= ${quoteText(from)}
      AND regexp_matches(document_content_plain, '\\S')
    ORDER BY document_uuid`;
}
