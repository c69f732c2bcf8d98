import { convert, type HtmlToTextOptions } from 'html-to-text';
import mammoth from 'mammoth';
import { extractText, getDocumentProxy } from 'unpdf';
import { type Extraction, noText, textOf } from './extraction.ts';
import type { FileType } from './file-types.ts';
import { joinPages } from './join-pages.ts';

/** The text of a file's bytes. Never rejects: what a library throws is an outcome. */
export async function readText(bytes: Uint8Array, { kind, extractor }: FileType): Promise<Extraction> {
  if (bytes.byteLength === 0) return noText('empty_file', 'the file has 0 bytes', extractor);
  try {
    return await readers[kind](bytes, extractor);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return noText(name === 'PasswordException' ? 'encrypted' : 'corrupt', message, extractor);
  }
}

const unpaged = { pages: null, nonEmptyPages: null };

const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
/** Words as they are written, and nothing else. */
const htmlOptions: HtmlToTextOptions = {
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...headings.map((selector) => ({ selector, options: { uppercase: false } })),
  ],
};

type Reader = (bytes: Uint8Array, extractor: string) => Promise<Extraction>;

const readers: Readonly<Record<FileType['kind'], Reader>> = {
  async pdf(bytes, extractor) {
    const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
    if (!start.includes('%PDF-')) {
      return noText('not_pdf', `begins with '${start.trimStart().slice(0, 40)}' instead of '%PDF-'`, extractor);
    }
    const document = await getDocumentProxy(bytes, { verbosity: 0 });
    try {
      const { text: pages } = await extractText(document);
      const { content, nonEmptyPages } = joinPages(pages);
      return textOf(content, { pages: pages.length, nonEmptyPages }, extractor);
    } finally {
      await document.loadingTask.destroy();
    }
  },
  async docx(bytes, extractor) {
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
    return textOf(value.trim(), unpaged, extractor);
  },
  async html(bytes, extractor) {
    const text = convert(new TextDecoder().decode(bytes), htmlOptions);
    return textOf(text.trim(), unpaged, extractor);
  },
};
