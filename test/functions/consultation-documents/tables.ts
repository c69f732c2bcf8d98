import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Column } from '../../../lib/contract.ts';
import { type LoadableRows, loadRows } from '../../../lib/table/load-rows.ts';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';

/** An SQL engine of one test. */
export async function testSql(): Promise<Sql> {
  const workFolder = await mkdtemp(join(tmpdir(), 'consultation-documents-'));
  const sql = await openSql({ workFolder, threads: 1, memoryMiB: 256 });
  onTestFinished(async () => {
    await sql.close();
    await rm(workFolder, { recursive: true });
  });
  return sql;
}

/** A file of records as `FetchEndpoint` keeps them. */
export async function recordsFile(sql: Sql, name: string, records: readonly unknown[]): Promise<string> {
  const columns: Column[] = [{ name: 'record', type: 'string', nullable: false }];
  const rows: LoadableRows = records.map((record) => ({ record: JSON.stringify(record) }));
  await loadRows(sql, { name, columns }, rows);
  const file = join(sql.workFolder, `${name}.parquet`);
  await writeParquet(sql, `FROM "${name}"`, file);
  return file;
}
