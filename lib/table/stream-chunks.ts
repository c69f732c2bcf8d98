import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult, DuckDBValue } from '@duckdb/node-api';

/** Runs work on a connection, and gives its errors the project's words. */
export type Guard = <T>(query: string, work: () => Promise<T>) => Promise<T>;

/** Rows in pieces of one set of columns. */
export interface StreamedChunk {
  readonly names: readonly string[];
  /** Cells in the order of the names; what comes behind them in a row is not the query's. */
  rows(): readonly DuckDBValue[][];
  columns(): readonly DuckDBValue[][];
}

const endColumn = 'is behind the last row';

/**
 * The rows of a query in order, up to 2,048 at a time; the next piece is made while the caller works on this one.
 *
 * DuckDB ends a stream that fails in its middle like one that is exhausted, and never tells. So one more row marks the
 * end, and a stream without it has failed: the query then runs once more, without giving its rows, to say why.
 *
 * @throws the error of the query, whenever it occurs
 */
export async function* streamChunks(
  connection: DuckDBConnection,
  { query, values, guard }: { query: string; values: Record<string, DuckDBValue> | undefined; guard: Guard },
): AsyncGenerator<StreamedChunk> {
  const marked = `SELECT *, false AS "${endColumn}" FROM (${query}\n) UNION ALL BY NAME SELECT true AS "${endColumn}"`;
  const result = await guard(query, () => connection.stream(marked, values));
  const names = result.deduplicatedColumnNames().slice(0, -1);
  let isComplete = false;
  for await (const chunk of chunksAhead(result, (work) => guard(query, work))) {
    const last = chunk.rowCount - 1;
    isComplete = chunk.getColumnVector(names.length).getItem(last) === true;
    const rowCount = isComplete ? last : chunk.rowCount;
    if (rowCount > 0) yield streamedChunk(chunk, { names, rowCount });
  }
  if (isComplete) return;
  await guard(query, () => connection.run(`EXPLAIN ANALYZE ${query}`, values));
  throw new Error(`a stream of rows ended before its last one (of the query: ${query.trim().slice(0, 300)})`);
}

function streamedChunk(
  chunk: DuckDBDataChunk,
  { names, rowCount }: { names: readonly string[]; rowCount: number },
): StreamedChunk {
  return {
    names,
    rows: () => chunk.getRows().slice(0, rowCount),
    columns: () => names.map((_, index) => chunk.getColumnValues(index).slice(0, rowCount)),
  };
}

async function* chunksAhead(
  result: DuckDBResult,
  guarded: <T>(work: () => Promise<T>) => Promise<T>,
): AsyncGenerator<DuckDBDataChunk> {
  // settled, so that a failure waits until the caller comes for it
  const nextChunk = () => Promise.allSettled([guarded(() => result.fetchChunk())]);
  let ahead = nextChunk();
  try {
    for (;;) {
      const [made] = await ahead;
      if (made.status === 'rejected') throw made.reason;
      if (made.value === null || made.value.rowCount === 0) return;
      ahead = nextChunk();
      yield made.value;
    }
  } finally {
    await ahead;
  }
}
