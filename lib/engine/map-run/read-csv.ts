/** One record of a CSV file. */
export type CsvRow = readonly string[];

/**
 * Splits CSV text that comes in pieces into rows: quoted fields, doubled quotes, line breaks within quotes.
 *
 * Written by hand because it has to stream, and to keep every field as the text it is; empty lines are passed over.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export async function* readCsv(pieces: AsyncIterable<string>, delimiter = ','): AsyncGenerator<CsvRow> {
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  let afterQuote = false;
  const endField = () => {
    row.push(field);
    field = '';
  };
  const endRow = (): CsvRow | undefined => {
    endField();
    const ended = row;
    row = [];
    return ended.length === 1 && ended[0] === '' ? undefined : ended;
  };
  for await (const piece of pieces) {
    for (const char of piece) {
      if (isQuoted && !afterQuote) {
        if (char === '"') afterQuote = true;
        else field += char;
        continue;
      }
      if (afterQuote && char === '"') {
        field += '"';
        afterQuote = false;
        continue;
      }
      if (afterQuote) {
        isQuoted = false;
        afterQuote = false;
      }
      if (char === '"' && field === '') isQuoted = true;
      else if (char === delimiter) endField();
      else if (char === '\n') {
        const ended = endRow();
        if (ended) yield ended;
      } else if (char !== '\r') field += char;
    }
  }
  if (field !== '' || row.length > 0) {
    const ended = endRow();
    if (ended) yield ended;
  }
}

/** Turns rows into one object per row; missing fields are empty texts, surplus ones are dropped. */
export async function* withHeaders(
  rows: AsyncIterable<CsvRow>,
  headers?: readonly string[],
): AsyncGenerator<Record<string, string>> {
  let names = headers;
  for await (const row of rows) {
    if (names) yield Object.fromEntries(names.map((name, index) => [name, row[index] ?? '']));
    else names = row;
  }
}
