import { quoteText } from '../../lib/table/quote.ts';

/**
 * SQL of the API's texts: `(document_uuid, content)`, in the API's order.
 *
 * @see the specification of consultation-documents, section 4.2
 */
export function apiTextsQuery(recordsFile: string): string {
  return `
    SELECT record ->> '$.document_uuid' AS document_uuid, record ->> '$.document_content' AS content
    FROM read_parquet(${quoteText(recordsFile)})`;
}

/** Fields without which a stored file is of no use. */
const requiredFileFields = ['uuid', 'path', 'size', 'mime_type', 'file_hash', 'file_name'];

/**
 * SQL of the files of documents: `(uuid, path, mime_type, file_hash, is_complete)`; logos and the like are left out.
 *
 * @see the specification of consultation-documents, section 4.3
 */
export function storedFilesQuery(recordsFile: string): string {
  const missing = requiredFileFields.map((field) => `(record ->> '$.${field}') IS NULL`).join(' OR ');
  const [uuid, path, , mimeType, hash] = requiredFileFields.map((field) => `(record ->> '$.${field}') AS ${field}`);
  return `
    SELECT ${[uuid, path, mimeType, hash].join(', ')}, NOT (${missing}) AS is_complete
    FROM read_parquet(${quoteText(recordsFile)})
    WHERE (record ->> '$.type') = 'consultation_document'`;
}

/**
 * SQL of the documents with what is known of their text and their file; texts and files of no document vanish.
 *
 * Wants the tables `documents`, `api_texts` and `stored_files`.
 *
 * @see the specification of consultation-documents, section 4.4
 */
export const joinedDocumentsQuery: string = `
  SELECT documents.*,
    path AS stored_file_path, mime_type AS stored_file_mime_type, file_hash AS stored_file_hash,
    api_texts.content IS NOT NULL AS has_api_text,
    regexp_matches(coalesce(api_texts.content, ''), '\\S') AS has_api_words
  FROM documents
  LEFT JOIN api_texts USING (document_uuid)
  LEFT JOIN (FROM stored_files WHERE is_complete) AS files ON latest_stored_file_uuid = files.uuid
  ORDER BY position`;
