/** How the files of one MIME type are read. */
export interface FileType {
  readonly kind: 'pdf' | 'docx' | 'html';
  /** Name and version of the library; a new version reads again what an older one could not. */
  readonly extractor: string;
}

const pdf: FileType = { kind: 'pdf', extractor: 'unpdf 1.8.1' };
const docx: FileType = { kind: 'docx', extractor: 'mammoth 1.13.0' };
const html: FileType = { kind: 'html', extractor: 'html-to-text 10.0.1' };

/** The MIME type of all that the original reads. */
export const pdfMimeType = 'application/pdf';

/** What can be read, by MIME type as the platform gives it. */
export const fileTypes: ReadonlyMap<string, FileType> = new Map([
  [pdfMimeType, pdf],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', docx],
  ['text/html', html],
  ['application/xhtml+xml', html],
]);
