import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentFeatures } from '../../../../functions/consultation-documents/document-features.contract.ts';
import { measureFiles } from '../../../../functions/consultation-documents/extract-document-features/measure-files.ts';
import { planFeatures } from '../../../../functions/consultation-documents/extract-document-features/plan-features.ts';
import { publishFeatures } from '../../../../functions/consultation-documents/extract-document-features/publish-features.ts';
import { fixedSource } from '../../../../lib/secret/fixed-source.ts';
import { openSql } from '../../../../lib/table/sql.ts';
import type { TaskContext } from '../../../../lib/task/task-context.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { memoryStore } from '../../../support/memory-store.ts';
import { testContext } from '../../../support/test-world.ts';
import { aDocument, publishDocuments } from '../a-dataset.ts';
import { aPdf, ruledTable } from '../a-pdf.ts';

const files: Readonly<Record<string, string | Uint8Array>> = {
  '/2024/1/1/a.pdf': aPdf({ content: ruledTable(2, 2) }, {}),
  '/2024/1/2/b.pdf': aPdf({}),
  '/2024/1/3/broken.pdf': 'this is no PDF',
};
let asked: string[];
let folder: string;
let context: TaskContext;
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const file = files[request.url ?? ''];
  response.writeHead(file === undefined ? 404 : 200).end(file);
});

beforeEach(async () => {
  asked = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(join(tmpdir(), 'measure-'));
  const { port } = server.address() as AddressInfo; // a TCP server's address is one
  const settings = fixedSource({ PLATFORM_FILES_URL: `http://127.0.0.1:${port}` });
  context = testContext({
    artifacts: memoryStore(),
    clock: fakeClock({ autoAdvance: true }),
    settings,
    workFolder: folder,
  });
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const aFile = (name: string, hash: string) => ({
  document_uuid: `document-${name}`,
  stored_file_path: `2024/1/${hash}/${name}.pdf`,
  stored_file_mime_type: 'application/pdf',
  stored_file_hash: hash,
});

/** Everything that the flow does, one state after the other. */
async function run(executionName: string, day: number) {
  const executionStartedAt = new Date(Date.UTC(2026, 10, day));
  const own = { ...context, executionName, executionStartedAt };
  const plan = await planFeatures.run({}, own);
  if (plan.unchanged) return plan.unchanged;
  for (let batch = 0; batch < plan.work.batches; batch += 1) {
    await measureFiles.run({ folder: plan.work.folder, batch }, own);
  }
  return await publishFeatures.run(plan, own);
}

async function rows(key: string) {
  const file = join(folder, 'published.parquet');
  await context.artifacts.download(key, file);
  await using sql = await openSql({ workFolder: folder });
  return await sql.rows(
    `SELECT document_uuid, stored_file_hash, count_pages, count_tables FROM '${file}' ORDER BY ALL`,
  );
}

describe('the features of documents', () => {
  it('are measured of PDFs only, and a file that is none gives no row and a warning', async () => {
    await publishDocuments(context.artifacts, [
      aDocument(aFile('a', '1')),
      aDocument(aFile('broken', '3')),
      aDocument(aFile('missing', '4')),
      aDocument({ ...aFile('word', '5'), stored_file_mime_type: 'application/msword' }),
      aDocument({ document_uuid: 'document-without-a-file' }),
    ]);

    const output = await run('first', 20);

    expect(output).toMatchObject({
      artifact: documentFeatures.name,
      rows: 1,
      warnings: ['2 of 3 files could not be measured; the log names them'],
    });
    expect(await rows(output.key)).toEqual([
      { document_uuid: 'document-a', stored_file_hash: '1', count_pages: 2, count_tables: 1 },
    ]);
  });

  it('are measured once for each version of a file', async () => {
    await publishDocuments(context.artifacts, [aDocument(aFile('a', '1')), aDocument(aFile('b', '2'))]);
    await run('first', 20);
    const again = await run('second', 21);
    const askedBefore = asked.length;
    const moved = { ...aFile('b', '2'), stored_file_hash: '9' };
    await publishDocuments(context.artifacts, [aDocument(aFile('a', '1')), aDocument(moved)], '2026-11-21');

    const third = await run('third', 22);

    expect(again.status).toBe('unchanged');
    expect(asked.slice(askedBefore)).toEqual(['/2024/1/2/b.pdf']);
    expect(await rows(third.key)).toEqual([
      { document_uuid: 'document-a', stored_file_hash: '1', count_pages: 2, count_tables: 1 },
      { document_uuid: 'document-b', stored_file_hash: '2', count_pages: 1, count_tables: 0 },
      { document_uuid: 'document-b', stored_file_hash: '9', count_pages: 1, count_tables: 0 },
    ]);
  });
});
