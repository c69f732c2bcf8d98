import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { systemClock } from '../../lib/clock.ts';
import { closeUnusedWarehouses, openWarehouse } from '../../lib/warehouse/open-warehouse.ts';

/** Every table of the flows, without the times at which rows came and who brought them. */
const tables: Readonly<Record<string, string>> = {
  'raw.article': "to_jsonb(t) - 'loaded_at'",
  'raw.archive_month': "to_jsonb(t) - 'loaded_at'",
  'dwh.build': 'to_jsonb(t)',
  'dwh.stg_nyt': 'to_jsonb(t)',
  'dwh.fct_daily_term_counts': 'to_jsonb(t)',
  'dwh.fct_daily_counts': 'to_jsonb(t)',
  'dwh.fct_term_counts': 'to_jsonb(t)',
  'model.run': "to_jsonb(t) - 'created_at' - 'created_by'",
  'model.output': 'to_jsonb(t)',
};

/** A digest of all tables of the embedded warehouse below a folder, one line each. */
export async function warehouseTables(folder: string): Promise<string> {
  const url = pathToFileURL(join(folder, '.flow/warehouse/samples')).href;
  try {
    await using warehouse = await openWarehouse(url, { clock: systemClock, signal: new AbortController().signal });
    const lines: string[] = [];
    for (const [table, row] of Object.entries(tables)) {
      const [digest] = await warehouse.query(
        `SELECT count(*) AS rows, md5(string_agg(line, E'\\n' ORDER BY line)) AS digest
         FROM (SELECT (${row})::text AS line FROM ${table} AS t) AS lines`,
      );
      lines.push(`${table} ${digest?.rows} rows ${digest?.digest}`);
    }
    return lines.join('\n');
  } finally {
    await closeUnusedWarehouses();
  }
}
