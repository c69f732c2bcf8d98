import type { Sql } from '../../lib/table/sql.ts';
import type { DatasetShape } from './cell-table.ts';
import { regionColumns } from './dataset-columns.ts';
import { jsonText } from './json-text.ts';
import type { OutputFile } from './output-file.ts';
import type { OutputKeys } from './output-keys.ts';
import { regionLevels } from './region-levels.ts';
import { writtenName } from './region-names.ts';
import type { ValidatedTable } from './validate.ts';

/** SQL of the regions of each feature, renamed ones with their names as written beside them; few, where sums are many. */
export function regionsOf(
  sums: string,
  { regions, renamedRegions }: Pick<ValidatedTable, 'regions' | 'renamedRegions'>,
): string {
  const columns = ['feature', ...regions, ...renamedRegions.map(writtenName)];
  return `SELECT DISTINCT ${columns.join(', ')} FROM ${sums} WHERE feature IS NOT NULL`;
}

/** The ids of all regions by level: a file per feature, none when the dataset has no regions. */
export async function* regionLists(
  sql: Sql,
  { from, shape, keys }: { from: string; shape: Pick<DatasetShape, 'regions'>; keys: OutputKeys },
): AsyncGenerator<OutputFile> {
  const levels = regionLevels(shape.regions);
  if (levels.length === 0) return;
  const lists = new Map<string, Record<string, string[]>>();
  for (const level of levels) {
    const rows = await sql.rows(`
      SELECT DISTINCT feature, ${level.id} AS id FROM (SELECT DISTINCT feature, ${level.columns.join(', ')} FROM ${from})
      WHERE feature IS NOT NULL ORDER BY feature, id`);
    for (const { feature, id } of rows) {
      const list = lists.get(String(feature)) ?? Object.fromEntries(regionColumns.map((name) => [name, []]));
      list[level.name]?.push(String(id));
      lists.set(String(feature), list);
    }
  }
  for (const [feature, list] of lists) yield { key: keys.regionLists(feature), body: jsonText(list) };
}

/** The features of a dataset. */
export async function featuresIn(sql: Sql, from: string): Promise<string[]> {
  const rows = await sql.rows(`SELECT DISTINCT feature FROM ${from} WHERE feature IS NOT NULL ORDER BY feature`);
  return rows.map(({ feature }) => String(feature));
}
