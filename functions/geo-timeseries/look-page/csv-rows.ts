/** One line of a CSV file, by the names of its header. */
export type CsvRow = Readonly<Record<string, string>>;

/** Reads a CSV file with quoted cells, as the runs write them. */
export function csvRows(text: string): CsvRow[] {
  const [header = [], ...lines] = cellsOf(text);
  return lines.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

/** A cell as a number; undefined when it is empty or no finite number. */
export function figure(row: CsvRow, name: string): number | undefined {
  const text = row[name] ?? '';
  const value = Number(text);
  return text === '' || !Number.isFinite(value) ? undefined : value;
}

function cellsOf(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, raw = '', end] of text.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/g)) {
    if (end === '' && raw === '' && line.length === 0) break;
    line.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
