import type { Sql } from '../../../lib/table/sql.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { batchKey, type PlannedFile } from './extraction-plan.ts';

/** Documents of the same file share one entry: it is read once. */
const filesQuery = `
  SELECT stored_file_hash AS hash, stored_file_mime_type AS mime_type, min(stored_file_path) AS path,
    list(document_uuid ORDER BY document_uuid) AS document_uuids
  FROM planned WHERE origin = 'extract'
  GROUP BY ALL ORDER BY path, hash`;

/** Stores the files that are to be read, as many in one object as one call is to read. */
export async function storeBatches(
  sql: Sql,
  { artifacts, executionName }: TaskContext,
  { batchesKey, filesPerBatch }: { batchesKey: string; filesPerBatch: number },
): Promise<{ count: number; files: number }> {
  let count = 0;
  let total = 0;
  let files: PlannedFile[] = [];
  const store = async () => {
    count += 1;
    total += files.length;
    await artifacts.write(batchKey(batchesKey, count), JSON.stringify({ runId: executionName, files }));
    files = [];
  };
  for await (const rows of sql.batches(filesQuery)) {
    for (const row of rows) {
      const [first = '', ...others] = Array.isArray(row.document_uuids) ? row.document_uuids.map(String) : [];
      files.push({
        documentUuids: [first, ...others],
        path: String(row.path),
        hash: String(row.hash),
        mimeType: String(row.mime_type),
      });
      if (files.length === filesPerBatch) await store();
    }
  }
  if (files.length > 0) await store();
  return { count, files: total };
}
