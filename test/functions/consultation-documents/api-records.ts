/** A record of `documents-metadata`, plain and valid; what is given replaces it. */
export function metadataRecord(fields: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    consultation_identifier: 'aaaa1111',
    consultation_start_date: '2024-03-01',
    consultation_end_date: null,
    consultation_title: 'Revision der Beispielverordnung',
    consultation_description: '',
    consultation_url: 'https://www.demokratis.ch/vernehmlassung/aaaa1111',
    consultation_topics: 'energy',
    consultation_internal_tags: null,
    organisation_uuid: 'org-1',
    organisation_name: 'Bundesamt für Beispiele',
    political_body: 'ch',
    document_uuid: 'doc-01',
    document_source_url: 'https://example.org/doc-01.pdf',
    document_publication_date: '2024-03-02',
    document_type: 'DRAFT',
    document_language: 'de',
    document_title: null,
    latest_stored_file_uuid: 'file-01',
    ...fields,
  };
}

/** A tag as the API gives it. */
export function tag(name: string, createdAt = '2024-11-04 15:11:24') {
  return { name, created_at: createdAt };
}
