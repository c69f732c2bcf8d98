import { mkdir } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { InvalidDataError } from '../errors.ts';
import type { Json } from '../json.ts';
import { cellToJson, type Row } from './cell.ts';
import { type Guard, streamChunks } from './stream-chunks.ts';

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
  /** Runs queries at the same time, each on a connection and a thread of its own; all end before the first error is thrown. */
  runSideBySide(queries: readonly string[]): Promise<void>;
  /** The whole answer in memory; for answers of any size there is {@link Sql.batches}. */
  rows(query: string, parameters?: Parameters): Promise<Row[]>;
  /** The answer in pieces of up to 2,048 rows, in order; the next one is made while the caller works on this one. */
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
    // else it keeps what it freed, up to as much again as the limit
    allocator_bulk_deallocation_flush_threshold: '64MiB',
    allocator_flush_threshold: '64MiB',
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
  const runSideBySide = (each: readonly string[]) => runOnOwnConnections(instance, each, options);
  return {
    ...queries(connection, options),
    runSideBySide,
    workFolder: options.workFolder,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function runOnOwnConnections(
  instance: DuckDBInstance,
  statements: readonly string[],
  options: SqlOptions,
): Promise<void> {
  const ended = await Promise.allSettled(
    statements.map(async (statement) => {
      const connection = await instance.connect();
      try {
        await queries(connection, options).run(statement);
      } finally {
        connection.closeSync();
      }
    }),
  );
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

function defaultMemoryMiB(): number {
  return Math.min(2048, Math.floor(totalmem() / 2 ** 21));
}

function queries(connection: DuckDBConnection, options: SqlOptions): Pick<Sql, 'run' | 'rows' | 'batches' | 'columns'> {
  const guard: Guard = async (query, work) => {
    options.signal?.throwIfAborted();
    try {
      return await interruptible(connection, work, options.signal);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw explained(query, error);
    }
  };
  const chunksOf = (query: string, parameters?: Parameters) =>
    streamChunks(connection, { query, values: valuesOf(parameters), guard });
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
      for await (const chunk of chunksOf(query, parameters)) yield toRows(chunk.names, chunk.rows());
    },
    async *columns(query, parameters) {
      for await (const chunk of chunksOf(query, parameters)) {
        yield chunk.columns().map((column) => column.map(cellToJson));
      }
    },
  };
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

function toRows(names: readonly string[], values: readonly (readonly DuckDBValue[])[]): Row[] {
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
