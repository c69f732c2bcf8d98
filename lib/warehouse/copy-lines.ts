import type { Cell } from './warehouse.ts';

const rowsPerWrite = 1000;

/**
 * Rows in the text format of `COPY … FROM STDIN`, in pieces worth writing.
 *
 * @see https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2
 */
export function* copyLines(
  columns: readonly string[],
  rows: Iterable<Readonly<Record<string, Cell>>>,
): Generator<string> {
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(`${columns.map((name) => cellText(row[name])).join('\t')}\n`);
    if (lines.length === rowsPerWrite) {
      yield lines.join('');
      lines = [];
    }
  }
  yield lines.join('');
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '\\N';
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return text.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}
