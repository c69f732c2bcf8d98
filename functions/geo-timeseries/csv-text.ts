/*
 * SQL that makes the text of CSV files: DuckDB writes a double in the shortest digits that read back to it, laid out
 * exactly as appendix B of the specification asks for (1.0, 1e-07, 1e+16).
 */

/** A number or null as a cell. */
export function numberCell(expression: string): string {
  return `coalesce(CAST(${expression} AS VARCHAR), '')`;
}

/** A text or null as a cell: quoted only where the text would be read as something else. */
export function textCell(expression: string): string {
  return `coalesce(CASE WHEN regexp_matches(${expression}, '[,"\\n\\r]')
    THEN '"' || replace(${expression}, '"', '""') || '"' ELSE ${expression} END, '')`;
}

/** Cells as one line with its end. */
export function csvLine(cells: readonly string[]): string {
  return `concat(${cells.join(`, ',', `)}, chr(10))`;
}

/** A text as a cell, outside of SQL. */
export function quoteCell(text: string): string {
  return /[,"\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
