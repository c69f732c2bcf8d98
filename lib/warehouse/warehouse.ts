/** A value of a row, the same whatever answers: `date` and `timestamptz` are ISO texts, `bigint` is a number. */
export type Cell = string | number | boolean | null | readonly Cell[] | { readonly [key: string]: Cell };

/** One row of an answer, by column name. */
export type WarehouseRow = Readonly<Record<string, Cell>>;

/** What `$1`, `$2`, … stand for; lists and objects go as JSON text to a `$1::jsonb`. */
export type WarehouseParameter = string | number | boolean | null;

/** A table that rows are merged into. */
export interface MergeTarget {
  /** With its schema: `raw.article`. */
  readonly table: string;
  /** The columns that rows bring, with their Postgres types. */
  readonly columns: Readonly<Record<string, string>>;
  /** Columns of the primary key. */
  readonly key: readonly string[];
  /** Of two rows with one key, the one with the greater value here stays; of equals the later one. */
  readonly newestBy: string;
}

/** Statements of one connection. */
export interface WarehouseSession {
  /** One statement and its answer, all of it in memory. */
  query(sql: string, parameters?: readonly WarehouseParameter[]): Promise<WarehouseRow[]>;
  /** A script of any number of statements. */
  run(script: string): Promise<void>;
  /**
   * Merges rows by key, in bulk: new ones are inserted, known ones updated where something differs.
   *
   * @returns how many rows of the table changed; 0 when all of them were there already
   */
  bulkUpsert(target: MergeTarget, rows: Iterable<Readonly<Record<string, Cell>>>): Promise<number>;
}

/**
 * The port to the warehouse: Postgres, embedded or a server.
 *
 * Methods throw {@link WarehouseUnavailableError} (retry), {@link WarehouseRefusedError} (final),
 * `InvalidDataError` for values that the tables do not take, and a plain error for SQL that is wrong.
 */
export interface Warehouse extends AsyncDisposable {
  /** What answers, for people: never an address, which may hold a password. */
  readonly kind: 'PGlite' | 'PostgreSQL';
  query: WarehouseSession['query'];
  /** All of the statements or none of them; rolled back when the work throws or the caller aborts. */
  tx<T>(work: (session: WarehouseSession) => Promise<T>): Promise<T>;
}
