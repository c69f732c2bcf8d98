import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import type { Paint } from './terminal.ts';

/** One column of a {@link renderTable}. */
export interface TableColumn {
  readonly title: string;
  /** @default 'left' */
  readonly align?: 'left' | 'right';
  /** May be cut short with `…` when the terminal is narrow; the others keep their width. */
  readonly flexible?: boolean;
  /** Is left out before anything is cut short. */
  readonly optional?: boolean;
}

/** How a table is shown: where it must fit, and in which colours. */
export interface TableStyle {
  readonly width: number;
  readonly paint: Paint;
}

/** One row: a cell per column, and what stands below it over the whole width. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly note?: string;
}

const gap = '  ';
const narrowestColumn = 8;
const sides = ['top', 'bottom', 'mid', 'left', 'right'];
const noLines = Object.fromEntries(
  sides.flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`].map((part) => [part, ''])),
);

/** A quiet table: a dim head, no lines, two blanks between columns. Cells may be coloured; each is one line. */
export function renderTable(columns: readonly TableColumn[], rows: readonly TableRow[], style: TableStyle): string {
  const needless = columns.findIndex(({ optional }) => optional);
  if (needless >= 0 && totalWidth(naturalWidths(columns, rows)) > style.width) {
    const lean = rows.map((row) => ({ ...row, cells: row.cells.toSpliced(needless, 1) }));
    return renderTable(columns.toSpliced(needless, 1), lean, style);
  }
  const table = new Table({
    head: columns.map(({ title }) => style.paint('dim', title)),
    colWidths: shrinkToWidth(columns, rows, style.width),
    colAligns: columns.map(({ align }) => align ?? 'left'),
    chars: { ...noLines, middle: gap },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map(({ cells }) => [...cells]));
  const [head, ...lines] = table.toString().split('\n');
  const noted = lines.flatMap((line, index) => [line, ...(rows[index]?.note ? [`${gap}${rows[index].note}`] : [])]);
  return [head ?? '', ...noted].map((line) => line.trimEnd()).join('\n');
}

function naturalWidths(columns: readonly TableColumn[], rows: readonly TableRow[]): number[] {
  return columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map(({ cells }) => stripVTControlCharacters(cells[index] ?? '').length)),
  );
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, gap.length * (widths.length - 1));
}

/** Natural widths, from which the widest flexible columns give until the table fits (or nothing is left to give). */
function shrinkToWidth(columns: readonly TableColumn[], rows: readonly TableRow[], width: number): number[] {
  const widths = naturalWidths(columns, rows);
  while (totalWidth(widths) > width) {
    const widest = widths
      .map((each, index) => ({ each, index }))
      .filter(({ each, index }) => columns[index]?.flexible && each > narrowestColumn)
      .sort((a, b) => b.each - a.each)[0];
    if (!widest) break;
    widths[widest.index] = Math.max(narrowestColumn, widest.each - (totalWidth(widths) - width));
  }
  return widths;
}
