import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideLanguage } from '../../../../functions/consultation-documents/decide-language.ts';
import type { Extraction } from '../../../../functions/consultation-documents/text-extraction/extraction.ts';
import { fileTypes, pdfMimeType } from '../../../../functions/consultation-documents/text-extraction/file-types.ts';
import {
  openTextExtractor,
  type TextExtractor,
} from '../../../../functions/consultation-documents/text-extraction/text-extractor.ts';
import { sampleDocx } from '../../../../samples/sample-docx.ts';
import { samplePdf } from '../../../../samples/sample-pdf.ts';
import { hasSharedData, realRows, sharedData } from '../shared-data.ts';

const docxMimeType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const signal = new AbortController().signal;
let folder: string;
let extractor: TextExtractor;
let hasty: TextExtractor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'text-extractor-'));
  // patient, so that a busy machine changes no outcome
  extractor = openTextExtractor({ seconds: 60, memoryMiB: 96 });
  hasty = openTextExtractor({ seconds: 3, memoryMiB: 512 });
});

afterAll(async () => {
  await extractor[Symbol.asyncDispose]();
  await hasty[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function extract(bytes: Uint8Array, mimeType = pdfMimeType, by = extractor): Promise<Extraction> {
  const type = fileTypes.get(mimeType);
  if (!type) throw new Error(`no type '${mimeType}'`);
  const file = join(folder, 'file');
  await writeFile(file, bytes);
  return await by.extract(file, type, signal);
}

/** A page that is 150 megabytes of blanks once it is unpacked. */
function bomb(): Uint8Array {
  const packed = deflateSync(Buffer.alloc(150_000_000, 32));
  const head = `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj
4 0 obj<</Length ${packed.length}/Filter/FlateDecode>>stream\n`;
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>')]);
}

describe('a file', () => {
  it('gives the text of its pages', async () => {
    expect(
      await extract(samplePdf(['Sehr geehrte Damen\nund Herren für ä é', 'Art. 1 (Zweck) der Verordnung'])),
    ).toEqual({
      status: 'extracted',
      content: 'Sehr geehrte Damen\nund Herren für ä é\n\fArt. 1 (Zweck) der Verordnung',
      detail: null,
      pages: 2,
      nonEmptyPages: 2,
      extractor: 'unpdf 1.8.1',
    });
  });

  it.each([
    {
      name: 'with a password',
      bytes: () => samplePdf(['x'], { encrypted: true }),
      status: 'encrypted',
      detail: 'No password given',
    },
    { name: 'of 0 bytes', bytes: () => Buffer.alloc(0), status: 'empty_file', detail: 'the file has 0 bytes' },
    {
      name: 'that is a web page',
      bytes: () => Buffer.from('<!DOCTYPE html><p>Not found</p>'),
      status: 'not_pdf',
      detail: "begins with '<!DOCTYPE html><p>Not found</p>' instead of '%PDF-'",
    },
    {
      name: 'that breaks off',
      bytes: () => samplePdf(['x']).subarray(0, 60),
      status: 'corrupt',
      detail: 'Invalid PDF structure.',
    },
    {
      name: 'that unpacks to more than the memory it may use',
      bytes: bomb,
      status: 'out_of_memory',
      detail: /MiB of buffers|memory limit/,
    },
  ])('$name is an outcome with its reason, and the next file is read', async ({ bytes, status, detail }) => {
    expect(await extract(bytes())).toMatchObject({ status, content: null, detail: expect.stringMatching(detail) });
    expect(await extract(samplePdf(['Art. 1 Zweck dieses Gesetzes']))).toMatchObject({ status: 'extracted' });
  });

  it('that never ends is given up, and the next file is read', async () => {
    const endless = samplePdf(['x'], { endless: true });

    expect(await extract(endless, pdfMimeType, hasty)).toMatchObject({
      status: 'timed_out',
      content: null,
      detail: 'not done after 3 s',
    });
    expect(await extract(samplePdf(['Art. 1 Zweck dieses Gesetzes']), pdfMimeType, hasty)).toMatchObject({
      status: 'extracted',
    });
  });

  it('that is a scan has an empty text, and one with a stamp only is told apart', async () => {
    expect(await extract(samplePdf(['']))).toMatchObject({ status: 'empty_text', content: '', pages: 1 });
    expect(await extract(samplePdf(['Stempel', '']))).toMatchObject({ status: 'no_text_layer', content: 'Stempel' });
  });

  it('of Word or of the web gives its words', async () => {
    const page = Buffer.from('<h1>Titel</h1><p>Ein <a href="https://x.test">Link</a><img src="x.png"></p>');

    expect(await extract(sampleDocx(['Erster Absatz & mehr', 'Zweiter']), docxMimeType)).toMatchObject({
      status: 'extracted',
      content: 'Erster Absatz & mehr\n\nZweiter',
    });
    expect(await extract(page, 'text/html')).toMatchObject({ status: 'extracted', content: 'Titel\n\nEin Link' });
  });
});

describe.skipIf(!hasSharedData)('11.2 the real PDFs', () => {
  it('give their pages, their phrase and the language of their name', async () => {
    const manifest = await realRows(folder, 'pdf/manifest.csv');
    const read: unknown[] = [];
    for (const row of manifest) {
      const file = String(row.file);
      const { content, pages, nonEmptyPages } = await extract(await readFile(join(sharedData, 'real/pdf', file)));
      const about = { source: 'openparldata', politicalBody: 'zh', apiLanguage: 'xx', title: null, text: content };
      const decision = decideLanguage(about);
      const hasPhrase = (content ?? '').includes(String(row.expected_phrase ?? ''));
      read.push([file, pages, nonEmptyPages, 'language' in decision ? decision.language : undefined, hasPhrase]);
    }

    const expected = manifest.map((row) => {
      const pages = Number(row.page_count);
      return [row.file, pages, pages, String(row.file).split('-')[1], true];
    });
    expect(read).toEqual(expected);
    expect(read).toHaveLength(7);
  });
});
