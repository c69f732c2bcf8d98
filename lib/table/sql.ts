import { mkdir } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBResult,
  type DuckDBValue,
} from '@duckdb/node-api';
import { InvalidDataError } from '../errors.ts';
import type { Json } from '../json.ts';
import { cellToJson, type Row } from './cell.ts';

/** Values for `$name` in a query. */
export type Parameters = Readonly<Record<string, string | number | bigint | boolean | null>>;

/** What one engine may use. */
export interface SqlOptions {
  /** Where larger-than-memory queries spill; made when absent, and the caller's to remove. */
  readonly workFolder: string;
  /** @default half of the machine's memory, at most 2,048 */
  readonly memoryMiB?: number;
  /** @default every core */
  readonly threads?: number;
  /** Interrupts the query that runs when it aborts. */
  readonly signal?: AbortSignal;
}

/**
 * An SQL engine of its own, over files: `FROM 'x.parquet'`, `read_json(…)`, `read_csv(…)`.
 *
 * Nothing is downloaded and nothing outlives `close`. Times without a zone are UTC. Rows keep the order of their
 * file or of `ORDER BY`.
 *
 * Every method throws an {@link InvalidDataError} when values do not fit the query (a text that is no number) and a
 * plain error when the query itself is wrong.
 */
export interface Sql extends AsyncDisposable {
  readonly workFolder: string;
  run(query: string, parameters?: Parameters): Promise<void>;
  /** The whole answer in memory; for answers of any size there is {@link Sql.batches}. */
  rows(query: string, parameters?: Parameters): Promise<Row[]>;
  /** The answer in pieces of up to 2,048 rows, in order, while the query runs. */
  batches(query: string, parameters?: Parameters): AsyncIterable<Row[]>;
  /** The same column by column, for answers of millions of rows: an array per column instead of an object per row. */
  columns(query: string, parameters?: Parameters): AsyncIterable<Json[][]>;
  close(): Promise<void>;
}

/** Opens an engine in memory; `await using sql = await openSql(…)` closes it at the end of the block. */
export async function openSql(options: SqlOptions): Promise<Sql> {
  const spillFolder = join(options.workFolder, 'duckdb');
  await mkdir(spillFolder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${options.memoryMiB ?? defaultMemoryMiB()}MiB`,
    temp_directory: spillFolder,
    threads: String(options.threads ?? availableParallelism()),
  });
  const connection = await instance.connect();
  const close = async () => {
    connection.closeSync();
    instance.closeSync();
  };
  return { ...queries(connection, options), workFolder: options.workFolder, close, [Symbol.asyncDispose]: close };
}

function defaultMemoryMiB(): number {
  return Math.min(2048, Math.floor(totalmem() / 2 ** 21));
}

function queries(connection: DuckDBConnection, options: SqlOptions): Pick<Sql, 'run' | 'rows' | 'batches' | 'columns'> {
  const guard = async <T>(query: string, work: () => Promise<T>): Promise<T> => {
    options.signal?.throwIfAborted();
    try {
      return await interruptible(connection, work, options.signal);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw explained(query, error);
    }
  };
  return {
    run: (query, parameters) =>
      guard(query, async () => {
        await connection.run(query, valuesOf(parameters));
      }),
    rows: (query, parameters) =>
      guard(query, async () => {
        const reader = await connection.runAndReadAll(query, valuesOf(parameters));
        return toRows(reader.deduplicatedColumnNames(), reader.getRows());
      }),
    async *batches(query, parameters) {
      const result = await guard(query, () => connection.stream(query, valuesOf(parameters)));
      const names = result.deduplicatedColumnNames();
      for await (const chunk of chunksOf(query, result)) yield toRows(names, chunk.getRows());
    },
    async *columns(query, parameters) {
      const result = await guard(query, () => connection.stream(query, valuesOf(parameters)));
      for await (const chunk of chunksOf(query, result)) {
        yield chunk.getColumns().map((column) => column.map(cellToJson));
      }
    },
  };

  async function* chunksOf(query: string, result: DuckDBResult): AsyncGenerator<DuckDBDataChunk> {
    for (;;) {
      const chunk = await guard(query, () => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield chunk;
    }
  }
}

/** Interrupts until the work has ended, because DuckDB forgets an interrupt that comes before the query has begun. */
async function interruptible<T>(
  connection: DuckDBConnection,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  let hasEnded = false;
  const interrupt = () => {
    if (hasEnded) return;
    connection.interrupt();
    setImmediate(interrupt);
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    return await work();
  } finally {
    hasEnded = true;
    signal?.removeEventListener('abort', interrupt);
  }
}

function valuesOf(parameters: Parameters | undefined): Record<string, DuckDBValue> | undefined {
  return parameters && { ...parameters };
}

function toRows(names: readonly string[], values: readonly DuckDBValue[][]): Row[] {
  return values.map((row) => Object.fromEntries(names.map((name, index) => [name, cellToJson(row[index] ?? null)])));
}

/** DuckDB gives its errors a class only as the first words of the text: `Conversion Error: …`. */
function explained(query: string, error: unknown): Error {
  if (!(error instanceof Error) || error instanceof InvalidDataError) return error as Error; // DuckDB throws only Errors
  const message = error.message.split('\n')[0] ?? '';
  if (/^(Conversion|Constraint|Invalid Input|Out of Range) Error/.test(message)) {
    return new InvalidDataError(`the data does not fit the query: ${message}`, { cause: error });
  }
  if (message.startsWith('Out of Memory Error')) {
    return new Error(`${message}; give the task more memoryMiB in its flow's manifest`, { cause: error });
  }
  return new Error(`${message} (in the query: ${query.trim().slice(0, 300)})`, { cause: error });
}
