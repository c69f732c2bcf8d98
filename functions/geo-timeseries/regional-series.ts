import type { Sql } from '../../lib/table/sql.ts';
import type { CellTable } from './cell-table.ts';
import { csvLine, numberCell } from './csv-text.ts';
import type { OutputFile } from './output-file.ts';
import type { Breakdown, LevelOutputs } from './output-options.ts';
import { featuresWith } from './qualifier-limits.ts';
import { aggCells, aggColumns, selectAggs, sumText } from './spatial-aggregation.ts';
import { listOfTexts } from './sql-lists.ts';

/** Series of every region of a level: a file per feature and region. */
export async function* regionalSeries(
  sql: Sql,
  cells: CellTable,
  { resolution, keys, level }: LevelOutputs,
): AsyncGenerator<OutputFile> {
  const { header, lines, aggs } = seriesParts(cells);
  const query = `
    WITH periods AS (
      SELECT feature, ${level.columns.join(', ')}, timestamp, ${aggs} FROM ${cells.from} GROUP BY ALL)
    SELECT feature, ${level.id} AS region, ${lines} AS lines
    FROM (SELECT *, ${sumText} FROM periods ORDER BY timestamp) GROUP BY feature, ${level.columns.join(', ')}`;
  for await (const rows of sql.batches(query)) {
    for (const { feature, region, lines: text } of rows) {
      const place = { resolution, feature: String(feature), level: level.name };
      yield { key: keys.regionalSeries(place, String(region)), body: `${header}\n${text}` };
    }
  }
}

/** Series of every region by the values of a qualifier, for the features that want it: a file per region and value. */
export async function* regionalSeriesBy(
  sql: Sql,
  cells: CellTable,
  { resolution, keys, level, qualifier, map }: LevelOutputs & Breakdown,
): AsyncGenerator<OutputFile> {
  const features = featuresWith(map, qualifier.name);
  if (features.length === 0) return;
  const { header, lines, aggs } = seriesParts(cells);
  const groups = ['feature', ...level.columns, qualifier.column].join(', ');
  const query = `
    WITH periods AS (
      SELECT ${groups}, timestamp, ${aggs} FROM ${cells.from} WHERE feature IN ${listOfTexts(features)} GROUP BY ALL)
    SELECT feature, ${level.id} AS region, ${qualifier.column} AS value, ${lines} AS lines
    FROM (SELECT *, ${sumText} FROM periods ORDER BY timestamp) GROUP BY ${groups}`;
  for await (const rows of sql.batches(query)) {
    for (const { feature, region, value, lines: text } of rows) {
      const place = { resolution, feature: String(feature), level: level.name };
      const by = { qualifier: qualifier.name, value: String(value), regionId: String(region) };
      yield { key: keys.regionalSeriesBy(place, by), body: `${header}\n${text}` };
    }
  }
}

function seriesParts(cells: CellTable) {
  const columns = aggColumns(cells);
  const names = ['timestamp', ...columns.map(({ name }) => name)];
  return {
    header: names.join(','),
    lines: `string_agg(${csvLine([numberCell('timestamp'), ...aggCells(columns)])}, '')`,
    aggs: selectAggs(columns),
  };
}
