import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Row } from '../../../lib/table/cell.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { root } from '../../support/source-files.ts';

/** Data of the real system that lie beside the project, where there are any. */
export const sharedData: string = path.join(root, '../shared/data/consultation-documents');

export const hasSharedData: boolean = existsSync(sharedData);

/** A JSON file of the worked example. */
export function synthetic<T>(name: string): T {
  return JSON.parse(readFileSync(path.join(sharedData, 'synthetic', name), 'utf8'));
}

/** A CSV file of real data. */
export async function realRows(workFolder: string, name: string): Promise<Row[]> {
  await using sql = await openSql({ workFolder, threads: 1, memoryMiB: 256 });
  const file = path.join(sharedData, 'real', name);
  return await sql.rows(`FROM read_csv('${file}', all_varchar = true, header = true)`);
}
