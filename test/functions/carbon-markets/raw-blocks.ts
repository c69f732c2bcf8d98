import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rawVerraData } from '../../../functions/carbon-markets/raw-verra-data.contract.ts';
import { type LoadableCell, loadRows } from '../../../lib/table/load-rows.ts';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';

/** A row of `raw_verra_data`, under its column names. */
export type RawBlock = Readonly<Record<string, LoadableCell>>;

/** An unretired block of a Chinese project, with what a case changes about it. */
export function aRawBlock(changes: RawBlock = {}): RawBlock {
  return {
    issuance_date: '2020-03-20',
    sustainable_development_goals: null,
    credit_type: 'VCU',
    vintage_start: '2014-07-01',
    vintage_end: '2014-12-31',
    reporting_period_start: '2014-07-01',
    reporting_period_end: '2014-12-31',
    id: '191',
    name: '4.5 MW Wind',
    region: 'Asia',
    country: 'China',
    project_type: 'Energy',
    methodology: 'ACM0002',
    total_vintage_quantity: 100,
    quantity_issued: 10,
    serial_number: '1-1-10-VCU-1-APX-CN-1-191-01072014-31122014-0',
    additional_certifications: null,
    is_cancelled: false,
    'retirement/cancellation_date': null,
    retirement_beneficiary: null,
    retirement_reason: null,
    retirement_details: null,
    input_type: null,
    holding_id: null,
    ...changes,
  };
}

/** Writes rows as a Parquet file of `raw_verra_data`. */
export async function writeRawBlocks(sql: Sql, blocks: Iterable<RawBlock>, filePath: string): Promise<void> {
  await loadRows(sql, { name: 'raw_blocks', columns: rawVerraData.columns }, blocks);
  await writeParquet(sql, 'FROM raw_blocks', filePath);
  await sql.run('DROP TABLE raw_blocks');
}

/** A folder that goes away with the block, and an SQL engine in it. */
export async function openWorkshop(): Promise<AsyncDisposable & { folder: string; sql: Sql }> {
  const folder = await mkdtemp(join(tmpdir(), 'verra-'));
  const sql = await openSql({ workFolder: folder, threads: 1, memoryMiB: 256 });
  return {
    folder,
    sql,
    async [Symbol.asyncDispose]() {
      await sql.close();
      await rm(folder, { recursive: true });
    },
  };
}
