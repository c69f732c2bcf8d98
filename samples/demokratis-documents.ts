import { createHash } from 'node:crypto';
import { type SampleLanguage, type SampleSubject, sampleSubjects, sampleText } from './demokratis-texts.ts';
import { sampleDocx } from './sample-docx.ts';
import { samplePdf } from './sample-pdf.ts';

/** Everything that the platform would answer: the records of its endpoints, and its files by path. */
export interface SamplePlatform {
  /** Undefined for an endpoint that it does not have. */
  records(endpoint: string): readonly unknown[] | undefined;
  file(path: string): Uint8Array | undefined;
}

/** A document as it is made up; what is left out gets a plain value. */
interface MadeUp {
  readonly number: number;
  readonly body: string;
  readonly subject: SampleSubject;
  readonly language: SampleLanguage;
  readonly type: string | null;
  readonly tags?: readonly string[];
  /** The platform's own text. */
  readonly text?: string;
  readonly file?: { readonly bytes: () => Uint8Array; readonly extension: string; readonly mimeType: string };
  /** Fields that are other than plain. */
  readonly odd?: Readonly<Record<string, unknown>>;
}

const mostConsultations = 12;
const cantonalBodies = ['zh', 'be', 'lu', 'ag', 'sg', 'ti', 'ge', 'vd', 'fr', 'gr', 'gr', 'bs'];
const languagesOf: Readonly<Record<string, SampleLanguage>> = { ti: 'it', ge: 'fr', vd: 'fr', fr: 'fr', gr: 'rm' };
const pdfType = 'application/pdf';
const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const mebibyte = 2 ** 20;

/**
 * Made-up consultations: federal ones in three languages as PDFs, cantonal ones with the platform's texts, and one
 * document of each kind that gives trouble.
 *
 * @param options.consultations of the Confederation, and as many of cantons; 12 at most
 * @param options.hasTroubles false leaves out the documents that give trouble
 */
export function samplePlatform({ consultations = mostConsultations, hasTroubles = true } = {}): SamplePlatform {
  const documents = [
    ...federalDocuments(consultations),
    ...cantonalDocuments(consultations),
    ...(hasTroubles ? troubles() : []),
  ];
  const files = new Map(documents.flatMap((each) => (each.file ? [[pathOf(each), each.file.bytes] as const] : [])));
  const withFiles = documents.filter((each) => each.file !== undefined);
  const records: Readonly<Record<string, readonly unknown[]>> = {
    'documents-metadata': documents.map(metadataOf),
    'documents-content': documents.flatMap((each) =>
      each.text === undefined ? [] : [{ document_uuid: uuidOf(each), document_content: each.text }],
    ),
    'stored-files': [...withFiles.map(fileOf), logo],
  };
  return { records: (endpoint) => records[endpoint], file: (path) => files.get(path)?.() };
}

function federalDocuments(consultations: number): MadeUp[] {
  return Array.from({ length: consultations }, (_, index) => index).flatMap((index) =>
    (['de', 'fr', 'it'] as const).flatMap((language, place) =>
      ['DRAFT', 'LETTER'].map((type, offset): MadeUp => {
        const subject = subjectOf(index);
        const pages = sampleText(subject, language, 1 + (index % 3)).map((page) => `${index + 1}. ${type}\n${page}`);
        return {
          number: 1000 + index * 10 + place * 2 + offset,
          body: 'ch',
          subject,
          language,
          type,
          ...(index % 4 === 0 ? { tags: ['topics_reviewed'] } : {}),
          file: pdf(pages),
        };
      }),
    ),
  );
}

function cantonalDocuments(consultations: number): MadeUp[] {
  return cantonalBodies.slice(0, consultations).flatMap((body, index) =>
    ['VARIOUS_TEXT', 'LETTER', 'SYNOPTIC_TABLE', 'REPORT'].map((type, offset): MadeUp => {
      const language = languagesOf[body] ?? 'de';
      return {
        number: 3000 + index * 10 + offset,
        body,
        subject: subjectOf(index + 1),
        language,
        type,
        ...(offset === 3 ? { tags: ['document_types_reviewed'] } : {}),
        text: `\n\n${sampleText(subjectOf(index + 1), language, 1 + offset).join('\n')}`,
        // the platform takes nearly everything cantonal for German
        odd: { document_language: 'de', document_title: `${subjectOf(index + 1).titles[language]}.pdf` },
      };
    }),
  );
}

/** One of each, with the reason for which it is not in the dataset, or why it nearly is not. */
function troubles(): MadeUp[] {
  const plain = { body: 'ch', subject: subjectOf(0), language: 'de', type: 'REPORT' } as const;
  const cantonal = { ...plain, body: 'zh', type: 'VARIOUS_TEXT' };
  const text = 'Sehr geehrte Damen und Herren, wir laden Sie ein, Stellung zu nehmen.';
  return [
    { number: 9001, ...plain, file: pdf(['Geheim'], { encrypted: true }) },
    { number: 9002, ...plain, file: { bytes: () => Buffer.alloc(0), extension: 'pdf', mimeType: pdfType } },
    { number: 9003, ...plain, file: { bytes: () => Buffer.from(errorPage), extension: 'pdf', mimeType: pdfType } },
    {
      number: 9004,
      ...plain,
      file: { bytes: () => Buffer.alloc(200 * mebibyte), extension: 'pdf', mimeType: pdfType },
    },
    { number: 9005, ...plain, file: pdf(['Ohne Ende'], { endless: true }) },
    { number: 9006, ...plain, file: pdf(['']) },
    { number: 9007, ...plain, file: pdf(['a']), odd: { consultation_start_date: null } },
    { number: 9008, ...plain, file: pdf(['b']), odd: { document_source_url: '#' } },
    {
      number: 9009,
      ...plain,
      file: pdf(sampleText(subjectOf(0), 'de', 1)),
      odd: { document_publication_date: '1970-01-01' },
    },
    { number: 9010, ...plain, file: docx() },
    { number: 9011, ...plain, file: { bytes: () => Buffer.from(webPage), extension: 'html', mimeType: 'text/html' } },
    { number: 9012, ...plain, file: { bytes: () => Buffer.alloc(10), extension: 'zip', mimeType: 'application/zip' } },
    { number: 9013, ...plain },
    { number: 9014, ...cantonal, file: pdf(sampleText(subjectOf(2), 'de', 2)) },
    { number: 9015, ...cantonal, text: '12 34', odd: { document_language: 'xx', document_title: '2024-17.pdf' } },
    { number: 9016, ...cantonal, text, odd: { consultation_topics: 'law,unknown' } },
  ];
}

const errorPage = '<!DOCTYPE html><html><body><h1>404</h1><p>Die Seite wurde nicht gefunden.</p></body></html>';
const webPage = `<!DOCTYPE html><html><body><h1>Medienmitteilung</h1><p>${sampleText(subjectOf(0), 'de', 1).join(' ')}</p></body></html>`;

function subjectOf(index: number): SampleSubject {
  return sampleSubjects[index % sampleSubjects.length] ?? sampleSubjects[0];
}

function pdf(pages: readonly string[], options: Parameters<typeof samplePdf>[1] = {}): NonNullable<MadeUp['file']> {
  // WinAnsi has the apostrophe of the texts at another place than Latin 1
  const latin = pages.map((page) => page.replaceAll('’', "'"));
  return { bytes: () => samplePdf(latin, options), extension: 'pdf', mimeType: pdfType };
}

function docx(): NonNullable<MadeUp['file']> {
  const paragraphs = sampleText(subjectOf(0), 'de', 1).join('\n').split('\n');
  return { bytes: () => sampleDocx(paragraphs), extension: 'docx', mimeType: docxType };
}

function metadataOf(document: MadeUp): unknown {
  const { number, body, subject, language, type, tags, odd } = document;
  const consultation = `${body}${String(Math.floor(number / 10)).padStart(8 - body.length, '0')}`;
  return {
    consultation_identifier: consultation,
    consultation_start_date: `2024-${String(1 + (Math.floor(number / 10) % 12)).padStart(2, '0')}-01`,
    consultation_end_date: number % 4 === 0 ? null : '2025-06-30',
    consultation_title: subject.titles[language],
    consultation_description: '',
    consultation_url: `https://www.demokratis.ch/vernehmlassung/${consultation}`,
    consultation_topics: subject.topics,
    consultation_internal_tags: tags?.map((name) => ({ name, created_at: '2025-01-07 12:47:01' })) ?? null,
    organisation_uuid: `org-${body}`,
    organisation_name: body === 'ch' ? 'Bundesamt für Beispiele' : `Regierungsrat des Kantons ${body.toUpperCase()}`,
    political_body: body,
    document_uuid: uuidOf(document),
    document_source_url: `https://example.org/documents/${number}`,
    document_publication_date: '2024-12-02',
    document_type: type,
    document_language: language,
    document_title: body === 'ch' ? null : subject.titles[language],
    latest_stored_file_uuid: document.file ? `file-${number}` : null,
    document_id: number,
    organisation_id: 7,
    latest_stored_file_id: document.file ? number : null,
    ...odd,
  };
}

function fileOf(document: MadeUp): unknown {
  const { number, file } = document;
  return {
    uuid: `file-${number}`,
    type: 'consultation_document',
    path: pathOf(document),
    size: number,
    mime_type: file?.mimeType,
    file_hash: createHash('sha1').update(`${number}`).digest('hex'),
    file_name: `${number}.${file?.extension}`,
  };
}

/** Files are of other things, too. */
const logo = {
  uuid: 'file-logo',
  type: 'organisation_logo',
  path: '2024/1/1/logo.png',
  size: 1,
  mime_type: 'image/png',
  file_hash: '0'.repeat(40),
  file_name: 'logo.png',
};

function pathOf({ number, file }: MadeUp): string {
  return `2024/${Math.floor(number / 10)}/${number}/f${number}.${file?.extension}`;
}

function uuidOf({ number }: MadeUp): string {
  return `doc${number}`;
}
