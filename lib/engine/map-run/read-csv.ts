/** One record of a CSV file. */
export type CsvRow = readonly string[];

/**
 * Splits CSV text that comes in pieces into rows: quoted fields, doubled quotes, line breaks within quotes. Rows come
 * as many at a time as a piece completes.
 *
 * Written by hand because it has to stream, and to keep every field as the text it is; empty lines are passed over.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export async function* readCsv(pieces: AsyncIterable<string>, delimiter = ','): AsyncGenerator<CsvRow[]> {
  const splitter = createSplitter(delimiter);
  for await (const piece of pieces) {
    const rows: CsvRow[] = [];
    for (const char of piece) {
      const row = splitter.take(char);
      if (row) rows.push(row);
    }
    yield rows;
  }
  const last = splitter.endRow();
  if (last) yield [last];
}

type Place = 'plain' | 'quoted' | 'after-quote';

interface Splitter {
  /** The row that the character completes. */
  take(char: string): CsvRow | undefined;
  /** What there is of the row; undefined for an empty line. */
  endRow(): CsvRow | undefined;
}

function createSplitter(delimiter: string): Splitter {
  let row: string[] = [];
  let field = '';
  let place: Place = 'plain';

  const endField = () => {
    row.push(field);
    field = '';
  };
  const endRow = () => {
    endField();
    const ended = row;
    row = [];
    return ended.length === 1 && ended[0] === '' ? undefined : ended;
  };
  const takePlain = (char: string) => {
    place = char === '"' && field === '' ? 'quoted' : 'plain';
    if (char === '\n') return endRow();
    if (char === delimiter) endField();
    else if (place === 'plain' && char !== '\r') field += char;
    return undefined;
  };
  const takeQuoted = (char: string) => {
    if (char === '"') place = 'after-quote';
    else field += char;
    return undefined;
  };
  const takeAfterQuote = (char: string) => {
    if (char !== '"') return takePlain(char);
    place = 'quoted';
    field += char;
    return undefined;
  };
  const takers = { plain: takePlain, quoted: takeQuoted, 'after-quote': takeAfterQuote };
  return { endRow, take: (char) => takers[place](char) };
}

/** Turns rows into one object per row; missing fields are empty texts, surplus ones are dropped. */
export async function* withHeaders(
  chunks: AsyncIterable<readonly CsvRow[]>,
  headers?: readonly string[],
): AsyncGenerator<Record<string, string>[]> {
  let names = headers;
  for await (const rows of chunks) {
    const objects: Record<string, string>[] = [];
    for (const row of rows) {
      if (names) objects.push(Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
      else names = row;
    }
    yield objects;
  }
}
