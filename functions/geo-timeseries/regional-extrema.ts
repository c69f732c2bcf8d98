import type { Row } from '../../lib/table/cell.ts';
import { quoteText } from '../../lib/table/quote.ts';
import type { Sql } from '../../lib/table/sql.ts';
import type { CellTable } from './cell-table.ts';
import { jsonText, type OutputJson } from './json-text.ts';
import type { OutputFile } from './output-file.ts';
import type { LevelOutputs } from './output-options.ts';
import { aggColumns, selectAggs } from './spatial-aggregation.ts';

/** Most places that are named when many share the extreme. */
const mostExtrema = 20;

/** Where and when the extremes of each agg column are reached, latest first: a file per feature. */
export async function* regionalExtrema(
  sql: Sql,
  cells: CellTable,
  { resolution, keys, level }: LevelOutputs,
): AsyncGenerator<OutputFile> {
  const columns = aggColumns(cells);
  const names = columns.map(({ name }) => name).filter((name) => name !== 's_count');
  await sql.run(`CREATE OR REPLACE TEMP TABLE regions AS
    SELECT feature, ${level.id} AS id, timestamp, ${names.join(', ')} FROM (
      SELECT feature, ${level.columns.join(', ')}, timestamp, ${selectAggs(columns)} FROM ${cells.from} GROUP BY ALL)`);
  const features = await sql.rows('SELECT DISTINCT feature FROM regions ORDER BY feature');
  for (const { feature } of features) {
    const extrema: Record<'min' | 'max', Record<string, OutputJson>> = { min: {}, max: {} };
    for (const extreme of ['min', 'max'] as const) {
      for (const name of names) {
        const rows = await sql.rows(reaching(extreme, name, String(feature)));
        extrema[extreme][name] = rows.map(asExtremum);
      }
    }
    const place = { resolution, feature: String(feature), level: level.name };
    yield { key: keys.extrema(place), body: jsonText(extrema) };
  }
  await sql.run('DROP TABLE regions');
}

function reaching(extreme: 'min' | 'max', column: string, feature: string): string {
  const ofFeature = `(SELECT * FROM regions WHERE feature = ${quoteText(feature)})`;
  return `SELECT id, timestamp, ${column} AS value FROM ${ofFeature}
    WHERE ${column} = (SELECT ${extreme}(${column}) FROM ${ofFeature})
    ORDER BY timestamp DESC, id LIMIT ${mostExtrema}`;
}

function asExtremum({ id, timestamp, value }: Row): OutputJson {
  return { region_id: String(id), timestamp: BigInt(Number(timestamp)), value: Number(value) };
}
