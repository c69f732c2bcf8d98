import type { Sql } from '../../lib/table/sql.ts';
import type { DatasetShape } from './cell-table.ts';
import { regionColumns } from './dataset-columns.ts';
import { jsonText } from './json-text.ts';
import type { OutputFile } from './output-file.ts';
import type { OutputKeys } from './output-keys.ts';
import { regionLevels } from './region-levels.ts';

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
