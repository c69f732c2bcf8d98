import { createHash } from 'node:crypto';
import type { SamplePlatform } from '../../samples/demokratis-documents.ts';
import { sampleSubjects, sampleText } from '../../samples/demokratis-texts.ts';
import { samplePdf } from '../../samples/sample-pdf.ts';

/** Sizes of a platform as large as the real one. */
export const largePlatformSize = { documents: 60_000, newPdfs: 2_000 } as const;

const federalShare = 0.5;
const federal = largePlatformSize.documents * federalShare;

/** Every second document is federal and has a file; the others have a text of some 5,000 characters. */
export function largePlatform(): SamplePlatform {
  const numbers = Array.from({ length: largePlatformSize.documents }, (_, number) => number);
  const subject = sampleSubjects[0];
  const page = sampleText(subject, 'de', 1).join('\n');
  const records: Readonly<Record<string, () => unknown[]>> = {
    'documents-metadata': () => numbers.map(metadataOf),
    'documents-content': () =>
      numbers
        .filter((number) => !isFederal(number))
        .map((number) => ({ document_uuid: uuidOf(number), document_content: `${number}\n${page.repeat(10)}` })),
    'stored-files': () => numbers.filter(isFederal).map(fileOf),
  };
  return {
    records: (endpoint) => records[endpoint]?.(),
    file: (path) => samplePdf([0, 1, 2].map((number) => `${path} ${number + 1}\n${page}`)),
  };
}

/** SQL of the rows of the text cache for every federal document but the newest. */
export function knownTexts(): string {
  const known = federal - largePlatformSize.newPdfs;
  return `
    SELECT 'doc' || lpad((2 * i)::VARCHAR, 6, '0') AS document_uuid, sha1((2 * i)::VARCHAR) AS stored_file_hash,
      'extracted' AS status,
      repeat('Art. ' || i || ' Dieses Gesetz regelt die Herstellung und die Aufbewahrung von Beispielen. ', 120) AS content,
      NULL::VARCHAR AS detail, 4::BIGINT AS pages, 4::BIGINT AS non_empty_pages,
      'unpdf 1.8.1' AS extractor, 'before' AS run_id
    FROM range(${known}) AS numbers (i)`;
}

function isFederal(number: number): boolean {
  return number % 2 === 0;
}

function metadataOf(number: number): unknown {
  const consultation = `c${String(number >> 4).padStart(7, '0')}`;
  const body = isFederal(number) ? 'ch' : 'zh';
  return {
    consultation_identifier: consultation,
    consultation_start_date: '2024-03-01',
    consultation_end_date: '2024-06-01',
    consultation_title: `Revision der Beispielverordnung ${number >> 4}`,
    consultation_description: 'Die Verordnung über die Beispiele wird an die Entwicklung angepasst. '.repeat(4),
    consultation_url: `https://www.demokratis.ch/vernehmlassung/${consultation}`,
    consultation_topics: 'energy, environment',
    consultation_internal_tags: [{ name: 'document_types_reviewed', created_at: '2025-01-07 12:47:01' }],
    organisation_uuid: `org-${body}`,
    organisation_name: 'Bundesamt für Beispiele',
    political_body: body,
    document_uuid: uuidOf(number),
    document_source_url: `https://example.org/${number}.pdf`,
    document_publication_date: '2024-03-02',
    document_type: 'REPORT',
    document_language: 'de',
    document_title: `Bericht ${number}`,
    latest_stored_file_uuid: isFederal(number) ? `file-${number}` : null,
  };
}

function fileOf(number: number): unknown {
  return {
    uuid: `file-${number}`,
    type: 'consultation_document',
    path: `2024/${number >> 4}/${number}/f${number}.pdf`,
    size: 4000,
    mime_type: 'application/pdf',
    file_hash: createHash('sha1').update(String(number)).digest('hex'),
    file_name: `${number}.pdf`,
  };
}

function uuidOf(number: number): string {
  return `doc${String(number).padStart(6, '0')}`;
}
