import { quoteText } from '../../lib/table/quote.ts';
import { fileTypes, pdfMimeType } from './text-extraction/file-types.ts';

const supported = [...fileTypes.keys()].map(quoteText).join(', ');
const extractorOf = `CASE stored_file_mime_type ${[...fileTypes]
  .map(([mimeType, { extractor }]) => `WHEN ${quoteText(mimeType)} THEN ${quoteText(extractor)}`)
  .join(' ')} END`;

/**
 * SQL of the joined documents with `origin`: where the text is to come from, which is the platform (`api`), the last
 * run's dataset (`cache`), an earlier extraction (`known`) or a new one (`extract`); or a reason why there is none.
 *
 * Wants the tables `joined` and `texts`.
 *
 * Any document without words gets its text from its file; what was extracted from that very file is known. Outcomes
 * without a text are facts about the file for as long as the extractor is the same.
 *
 * @param options.retryFailed takes no failure for known
 * @see the specification of consultation-documents, section 9, points 1 to 4
 */
export function originsQuery({ retryFailed }: { retryFailed: boolean }): string {
  const isPassing = `texts.status IN ('missing_file', 'crashed')`;
  const isFailure = `texts.status NOT IN ('extracted', 'no_text_layer')`;
  const isKnown = `texts.status IS NOT NULL AND NOT (${isPassing})
    AND NOT (${isFailure} AND (${retryFailed} OR texts.extractor <> ${extractorOf}))`;
  return `
    SELECT joined.*, CASE
      WHEN has_api_words THEN 'api'
      WHEN stored_file_path IS NULL THEN 'no_stored_file'
      WHEN stored_file_mime_type NOT IN (${supported}) THEN 'unsupported_type'
      WHEN ${isKnown} THEN 'known'
      ELSE 'extract' END AS origin
    FROM joined LEFT JOIN texts USING (document_uuid, stored_file_hash)
    ORDER BY position`;
}

/**
 * The same by the original's rules: texts of cantonal documents come from the platform, those of federal ones from the
 * last run's dataset by document alone, and only federal PDFs are extracted. Wants the tables `joined` and `previous`.
 *
 * @see the specification of consultation-documents, section 4.6
 */
export const originalOriginsQuery: string = `
  SELECT joined.*, CASE
    WHEN document_source <> 'fedlex' THEN CASE WHEN has_api_text THEN 'api' ELSE 'not_in_documents_content' END
    WHEN previous.document_uuid IS NOT NULL THEN 'cache'
    WHEN stored_file_path IS NULL THEN 'no_stored_file'
    WHEN stored_file_mime_type <> ${quoteText(pdfMimeType)} THEN 'not_pdf'
    ELSE 'extract' END AS origin
  FROM joined LEFT JOIN (SELECT document_uuid FROM previous) AS previous USING (document_uuid)
  ORDER BY position`;
