import { tmpdir } from 'node:os';
import { articleTable } from '../../../functions/headline-trends/warehouse.ts';
import { openSql } from '../../../lib/table/sql.ts';
import type { Warehouse } from '../../../lib/warehouse/warehouse.ts';
import { dataFolder } from './expected-trends.ts';

/** Merges the real headlines of January to June 2020, whose only key is day and headline; answers how many rows came. */
export async function loadRealMonths(warehouse: Warehouse): Promise<number> {
  await using sql = await openSql({ workFolder: tmpdir() });
  const rows = await sql.rows(
    `SELECT concat('urn:', "date", ':', headline) AS article_id, headline,
       concat("date", 'T00:00:00Z') AS publication_date, concat('urn:', "date", ':', headline) AS url
     FROM read_csv('${dataFolder}/months/2020-[1-6].csv', all_varchar = true)`,
  );
  await warehouse.tx((session) => session.bulkUpsert(articleTable, rows));
  return rows.length;
}
