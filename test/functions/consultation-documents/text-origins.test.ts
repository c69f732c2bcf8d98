import { describe, expect, it } from 'vitest';
import { originalOriginsQuery, originsQuery } from '../../../functions/consultation-documents/text-origins.ts';
import { columns } from '../../../lib/contract.ts';
import { loadRows } from '../../../lib/table/load-rows.ts';
import { testSql } from './tables.ts';

const pdf = 'application/pdf';
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

interface Situation {
  readonly source?: 'fedlex' | 'openparldata';
  readonly hasApiText?: boolean;
  readonly hasApiWords?: boolean;
  readonly path?: string | null;
  readonly mimeType?: string | null;
  /** The last dataset's text of the document. */
  readonly previous?: string;
  /** What came of extracting this document's file before. */
  readonly known?: { readonly status: string; readonly hash?: string; readonly extractor?: string };
}

async function originOf(situation: Situation, query: string): Promise<unknown> {
  const { source = 'fedlex', path = '2024/1/2/f.pdf', mimeType = pdf, known, previous } = situation;
  const sql = await testSql();
  const joined = columns({
    position: 'int',
    document_uuid: 'string',
    document_source: 'string',
    has_api_text: 'bool',
    has_api_words: 'bool',
    stored_file_path: 'string?',
    stored_file_mime_type: 'string?',
    stored_file_hash: 'string?',
  });
  const hasFile = path !== null;
  const document = {
    position: 1,
    document_uuid: 'doc-01',
    document_source: source,
    has_api_text: situation.hasApiText ?? false,
    has_api_words: situation.hasApiWords ?? situation.hasApiText ?? false,
    stored_file_path: path,
    stored_file_mime_type: hasFile ? mimeType : null,
    stored_file_hash: hasFile ? 'hash' : null,
  };
  await loadRows(sql, { name: 'joined', columns: joined }, [document]);
  const texts = columns({ document_uuid: 'string', stored_file_hash: 'string', status: 'string', extractor: 'string' });
  const text = known && {
    document_uuid: 'doc-01',
    stored_file_hash: known.hash ?? 'hash',
    status: known.status,
    extractor: known.extractor ?? 'unpdf 1.8.1',
  };
  await loadRows(sql, { name: 'texts', columns: texts }, text ? [text] : []);
  const last = columns({ document_uuid: 'string', document_content_plain: 'string' });
  const before = previous === undefined ? [] : [{ document_uuid: 'doc-01', document_content_plain: previous }];
  await loadRows(sql, { name: 'previous', columns: last }, before);
  const [found] = await sql.rows(query);
  return found?.origin;
}

describe('10.7 the text of a federal document, by the original’s rules', () => {
  it.each<{ name: string; situation: Situation; origin: string }>([
    { name: 'comes from the last run', situation: { previous: 'TEXT FROM PREVIOUS RUN' }, origin: 'cache' },
    { name: 'is not to be had without a file', situation: { path: null }, origin: 'no_stored_file' },
    { name: 'is not read from a Word file', situation: { mimeType: 'application/msword' }, origin: 'not_pdf' },
    { name: 'is extracted from a PDF', situation: {}, origin: 'extract' },
    { name: 'stays empty when it was so once', situation: { previous: '' }, origin: 'cache' },
  ])('$name', async ({ situation, origin }) => {
    expect(await originOf(situation, originalOriginsQuery)).toBe(origin);
  });

  it('is the platform’s alone for a cantonal document', async () => {
    expect(await originOf({ source: 'openparldata', hasApiText: true }, originalOriginsQuery)).toBe('api');
    expect(await originOf({ source: 'openparldata' }, originalOriginsQuery)).toBe('not_in_documents_content');
  });
});

describe('the text of a document', () => {
  const retryFailed = { retryFailed: true };
  it.each<{ name: string; situation: Situation; origin: string; options?: { retryFailed: boolean } }>([
    { name: 'comes from the platform where it has one', situation: { hasApiText: true }, origin: 'api' },
    {
      name: 'is extracted where the platform’s is blank',
      situation: { hasApiText: true, hasApiWords: false },
      origin: 'extract',
    },
    { name: 'is extracted for cantonal documents too', situation: { source: 'openparldata' }, origin: 'extract' },
    { name: 'is extracted from Word files', situation: { mimeType: docx }, origin: 'extract' },
    { name: 'is not to be had without a file', situation: { path: null }, origin: 'no_stored_file' },
    { name: 'is not read from an archive', situation: { mimeType: 'application/zip' }, origin: 'unsupported_type' },
    { name: 'is known when it was extracted', situation: { known: { status: 'extracted' } }, origin: 'known' },
    {
      name: 'is extracted again from another version of the file',
      situation: { known: { status: 'extracted', hash: 'older' } },
      origin: 'extract',
    },
    { name: 'is known not to be there', situation: { known: { status: 'empty_text' } }, origin: 'known' },
    {
      name: 'is looked for again by another extractor',
      situation: { known: { status: 'corrupt', extractor: 'unpdf 1.0.0' } },
      origin: 'extract',
    },
    {
      name: 'is kept when another extractor would read it otherwise',
      situation: { known: { status: 'extracted', extractor: 'unpdf 1.0.0' } },
      origin: 'known',
    },
    {
      name: 'is looked for again when told so',
      situation: { known: { status: 'corrupt' } },
      origin: 'extract',
      options: retryFailed,
    },
    {
      name: 'is looked for again when the file was missing',
      situation: { known: { status: 'missing_file' } },
      origin: 'extract',
    },
  ])('$name', async ({ situation, origin, options = { retryFailed: false } }) => {
    expect(await originOf(situation, originsQuery(options))).toBe(origin);
  });
});
