import { expect, it } from 'vitest';
import {
  apiTextsQuery,
  joinedDocumentsQuery,
  storedFilesQuery,
} from '../../../functions/consultation-documents/joined-documents.ts';
import { columns } from '../../../lib/contract.ts';
import { loadRows } from '../../../lib/table/load-rows.ts';
import { recordsFile, testSql } from './tables.ts';

const file03 = {
  uuid: 'file-03',
  type: 'consultation_document',
  path: '2024/4700/5003/f03.pdf',
  size: 1003,
  mime_type: 'application/pdf',
  file_hash: '03',
  file_name: 'doc-03.pdf',
};

async function joined(files: readonly unknown[] = [file03, { ...file03, uuid: 'file-50', type: 'organisation_logo' }]) {
  const sql = await testSql();
  const table = {
    name: 'documents',
    columns: columns({ position: 'int', document_uuid: 'string', latest_stored_file_uuid: 'string?' }),
  };
  await loadRows(sql, table, [
    { position: 1, document_uuid: 'doc-03', latest_stored_file_uuid: 'file-03' },
    { position: 2, document_uuid: 'doc-11', latest_stored_file_uuid: null },
  ]);
  const texts = await recordsFile(sql, 'texts', [
    { document_uuid: 'doc-03', document_content: 'A "text"\u0000\n…' },
    { document_uuid: 'doc-99', document_content: 'of no document' },
  ]);
  await sql.run(`CREATE TABLE api_texts AS ${apiTextsQuery(texts)}`);
  await sql.run(`CREATE TABLE stored_files AS ${storedFilesQuery(await recordsFile(sql, 'files', files))}`);
  const rows = await sql.rows(
    `SELECT j.*, content FROM (${joinedDocumentsQuery}) j LEFT JOIN api_texts USING (document_uuid) ORDER BY position`,
  );
  return rows.map(({ position: _, latest_stored_file_uuid: __, ...row }) => row);
}

it('10.5 gives documents their texts and files, and forgets those of no document', async () => {
  expect(await joined()).toEqual([
    {
      document_uuid: 'doc-03',
      stored_file_path: '2024/4700/5003/f03.pdf',
      stored_file_mime_type: 'application/pdf',
      stored_file_hash: '03',
      has_api_text: true,
      has_api_words: true,
      content: 'A "text"\u0000\n…',
    },
    {
      document_uuid: 'doc-11',
      stored_file_path: null,
      stored_file_mime_type: null,
      stored_file_hash: null,
      has_api_text: false,
      has_api_words: false,
      content: null,
    },
  ]);
});

it('takes a file that lacks a field for absent', async () => {
  const [document] = await joined([{ ...file03, file_hash: null }]);

  expect(document).toMatchObject({ document_uuid: 'doc-03', stored_file_path: null });
});
