import type { Row } from '../../lib/table/cell.ts';
import { quoteName, quoteText } from '../../lib/table/quote.ts';
import type { Sql } from '../../lib/table/sql.ts';
import { csvLine, quoteCell, textCell } from './csv-text.ts';
import type { OutputFile } from './output-file.ts';
import type { OutputKeys } from './output-keys.ts';
import type { RawTable } from './raw-table.ts';
import { textForm } from './text-form.ts';

/** Rows of each named feature, as they came. */
export async function countRawRows(sql: Sql, raw: RawTable): Promise<Record<string, number>> {
  const rows: Row[] = await sql.rows(
    `SELECT CAST(feature AS VARCHAR) AS feature, count(*) AS n FROM ${raw.from} WHERE feature IS NOT NULL GROUP BY ALL ORDER BY ALL`,
  );
  return Object.fromEntries(rows.map(({ feature, n }) => [String(feature), Number(n)]));
}

/** The rows of features that have few, unfixed but for what no reader takes: every column but `feature`, in input order. */
export async function* rawRows(
  sql: Sql,
  raw: RawTable,
  { counts, threshold, keys }: { counts: Readonly<Record<string, number>>; threshold: number; keys: OutputKeys },
): AsyncGenerator<OutputFile> {
  const columns = raw.columns.filter(({ name }) => name !== 'feature');
  const header = `${columns.map(({ name }) => quoteCell(name)).join(',')}\n`;
  const line = csvLine(columns.map(({ name, type }) => rawCell(name, type)));
  for (const [feature, count] of Object.entries(counts)) {
    if (count > threshold) continue;
    const lines: string[] = [];
    const query = `SELECT ${line} AS line FROM ${raw.from} WHERE CAST(feature AS VARCHAR) = ${quoteText(feature)}`;
    for await (const rows of sql.batches(query)) lines.push(...rows.map((row) => String(row.line)));
    yield { key: keys.rawRows(feature), body: header + lines.join('') };
  }
}

/** Integers for times whatever their type, and nothing for infinities: readers take neither `1.0` nor `inf`. */
function rawCell(name: string, type: string): string {
  const column = quoteName(name);
  if (name === 'timestamp' && type === 'DOUBLE') {
    return `coalesce(CAST(TRY_CAST(trunc(${column}) AS BIGINT) AS VARCHAR), '')`;
  }
  if (type === 'DOUBLE' || type === 'FLOAT') {
    return `coalesce(CASE WHEN isfinite(${column}) THEN CAST(CAST(${column} AS DOUBLE) AS VARCHAR) END, '')`;
  }
  return textCell(textForm(column, type));
}
