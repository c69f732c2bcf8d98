/**
 * SQL of a table of documents with impossible publication dates erased: before the first consultation began, which
 * removes the 1970s of unset clocks, and after a day on which nothing can have been published yet.
 *
 * @param table of documents without those that were dropped: the rule is relative to the earliest start among them
 * @param latestDay `YYYY-MM-DD`; undefined keeps whatever lies in the future
 * @see the specification of consultation-documents, section 4.1, point 12, and section 9, point 12
 */
export function publicationDates(table: string, { latestDay }: { latestDay: string | undefined }): string {
  const latest = latestDay === undefined ? '' : `AND document_publication_date < DATE '${latestDay}' + 1`;
  return `
    SELECT * REPLACE (
      CASE WHEN document_publication_date >= (SELECT min(consultation_start_date) FROM ${table}) ${latest}
        THEN document_publication_date END AS document_publication_date)
    FROM ${table} ORDER BY position`;
}
