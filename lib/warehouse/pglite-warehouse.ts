import type { PGlite, PGliteOptions, Transaction } from '@electric-sql/pglite';
import { cellParsers } from './cell-parsers.ts';
import { columnList, mergeStatement } from './merge-statement.ts';
import type { MergeTarget, Warehouse, WarehouseParameter, WarehouseRow, WarehouseSession } from './warehouse.ts';
import { warehouseError } from './warehouse-errors.ts';

/** Rows per statement of a bulk merge: more gain nothing, and each statement is one text in memory. */
const rowsPerStatement = 10_000;

/** Opens Postgres compiled to WebAssembly, in a folder of its own or (without one) in memory. */
export async function openPglite(options: Pick<PGliteOptions, 'dataDir' | 'loadDataDir'>): Promise<PGlite> {
  // loaded here and nowhere at the top: bundles for Lambda leave the package out
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create({ ...options, parsers: { ...cellParsers } });
  await database.exec("SET TIME ZONE 'UTC'");
  return database;
}

/** The warehouse in this process; closing it is up to whoever opened the database. */
export function pgliteWarehouse(
  database: PGlite,
  options: { readonly signal: AbortSignal; readonly close: () => Promise<void> },
): Warehouse {
  const { signal, close } = options;
  return {
    kind: 'PGlite',
    query: (sql, parameters = []) => sessionOf(database, signal).query(sql, parameters),
    async tx(work) {
      signal.throwIfAborted();
      return await database.transaction(async (transaction) => {
        const result = await work(sessionOf(transaction, signal));
        signal.throwIfAborted();
        return result;
      });
    },
    [Symbol.asyncDispose]: close,
  };
}

function sessionOf(database: PGlite | Transaction, signal: AbortSignal): WarehouseSession {
  const query = async (sql: string, parameters: readonly WarehouseParameter[] = []): Promise<WarehouseRow[]> => {
    signal.throwIfAborted();
    try {
      return (await database.query<WarehouseRow>(sql, [...parameters])).rows;
    } catch (error) {
      throw warehouseError(error, sql);
    }
  };
  return {
    query,
    async run(script) {
      signal.throwIfAborted();
      try {
        await database.exec(script);
      } catch (error) {
        throw warehouseError(error, script);
      }
    },
    async bulkUpsert(target, rows) {
      const statement = mergeStatement(target, recordsOf(target));
      let changed = 0;
      for (const batch of batches(rows)) changed += (await query(statement, [JSON.stringify(batch)])).length;
      return changed;
    },
  };
}

/** The rows of a JSON array, with their position. */
function recordsOf({ columns }: MergeTarget): string {
  const names = Object.keys(columns).join(', ');
  return `ROWS FROM (jsonb_to_recordset($1::jsonb) AS (${columnList(columns)})) WITH ORDINALITY AS incoming (${names}, ordinal)`;
}

function* batches<T>(rows: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length === rowsPerStatement) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
