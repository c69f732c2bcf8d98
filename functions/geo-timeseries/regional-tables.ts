import type { Sql } from '../../lib/table/sql.ts';
import type { CellTable } from './cell-table.ts';
import { csvLine, textCell } from './csv-text.ts';
import type { OutputFile } from './output-file.ts';
import type { Breakdown, LevelOutputs } from './output-options.ts';
import { featuresWith } from './qualifier-limits.ts';
import { aggCells, aggColumns, selectAggs, sumText } from './spatial-aggregation.ts';
import { listOfTexts } from './sql-lists.ts';

/** Every region of a level in one period: a file per feature and period. */
export async function* regionalTables(
  sql: Sql,
  cells: CellTable,
  { resolution, keys, level }: LevelOutputs,
): AsyncGenerator<OutputFile> {
  const columns = aggColumns(cells);
  const names = columns.map(({ name }) => name);
  const query = `
    WITH regions AS (
      SELECT feature, timestamp, ${level.columns.join(', ')}, ${selectAggs(columns)} FROM ${cells.from} GROUP BY ALL),
    named AS (SELECT feature, timestamp, ${level.id} AS id, ${names.join(', ')} FROM regions)
    SELECT feature, timestamp,
      string_agg(${csvLine([textCell('id'), ...aggCells(columns)])}, '') AS lines
    FROM (SELECT *, ${sumText} FROM named ORDER BY id) GROUP BY feature, timestamp`;
  for await (const rows of sql.batches(query)) {
    for (const { feature, timestamp, lines } of rows) {
      const place = { resolution, feature: String(feature), level: level.name };
      yield { key: keys.regionalTable(place, Number(timestamp)), body: `${['id', ...names].join(',')}\n${lines}` };
    }
  }
}

/** The same by the values of a qualifier, for the features that want it. */
export async function* regionalTablesBy(
  sql: Sql,
  cells: CellTable,
  { resolution, keys, level, qualifier, map }: LevelOutputs & Breakdown,
): AsyncGenerator<OutputFile> {
  const features = featuresWith(map, qualifier.name);
  if (features.length === 0) return;
  const columns = aggColumns(cells);
  const names = columns.map(({ name }) => name);
  const query = `
    WITH regions AS (
      SELECT feature, timestamp, ${level.columns.join(', ')}, ${qualifier.column} AS value, ${selectAggs(columns)}
      FROM ${cells.from} WHERE feature IN ${listOfTexts(features)} GROUP BY ALL),
    named AS (SELECT feature, timestamp, ${level.id} AS id, value, ${names.join(', ')} FROM regions)
    SELECT feature, timestamp,
      string_agg(${csvLine([textCell('id'), textCell('value'), ...aggCells(columns)])}, '') AS lines
    FROM (SELECT *, ${sumText} FROM named ORDER BY id, value) GROUP BY feature, timestamp`;
  const header = ['id', 'qualifier', ...names].join(',');
  for await (const rows of sql.batches(query)) {
    for (const { feature, timestamp, lines } of rows) {
      const place = { resolution, feature: String(feature), level: level.name };
      yield { key: keys.regionalTableBy(place, Number(timestamp), qualifier.name), body: `${header}\n${lines}` };
    }
  }
}
