import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { cellParsers } from './cell-parsers.ts';
import { copyLines } from './copy-lines.ts';
import { columnList, mergeStatement } from './merge-statement.ts';
import { readPostgresAddress } from './postgres-address.ts';
import type { Warehouse, WarehouseRow, WarehouseSession } from './warehouse.ts';
import { warehouseError } from './warehouse-errors.ts';

/** Enough for a task, which works on one connection; more would only wear out a small server. */
const mostConnections = 2;
/** A server that sleeps while nobody uses it takes about half a minute to wake. */
const connectionTimeoutMs = 45_000;

/**
 * The warehouse on a server, over TLS unless it is on this machine.
 *
 * Connections are pooled until it is closed, and then given back: a Lambda instance freezes between two calls and would
 * not notice that one was lost, and a server that may sleep does so only when nobody holds any.
 *
 * @param options.rootsFile more certificate authorities to trust, where it exists
 * @default options.rootsFile those of Amazon, on Lambda
 */
export function postgresWarehouse(
  url: string,
  { signal, rootsFile }: { readonly signal: AbortSignal; readonly rootsFile?: string },
): Warehouse {
  const pool = openPool(url, rootsFile);
  return {
    kind: 'PostgreSQL',
    query: (sql, parameters) => withClient(pool, signal, (client) => sessionOf(client, signal).query(sql, parameters)),
    tx: (work) =>
      withClient(pool, signal, async (client) => {
        const session = sessionOf(client, signal);
        await session.run('BEGIN');
        try {
          const result = await work(session);
          await session.run('COMMIT');
          return result;
        } catch (error) {
          // a connection that is lost has rolled back by itself
          await client.query('ROLLBACK').catch(() => undefined);
          throw error;
        }
      }),
    [Symbol.asyncDispose]: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

function openPool(url: string, rootsFile?: string): pg.Pool {
  const pool = new pg.Pool({
    ...readPostgresAddress(new URL(url), rootsFile),
    max: mostConnections,
    allowExitOnIdle: true,
    application_name: 'data-flows',
    connectionTimeoutMillis: connectionTimeoutMs,
    options: '-c timezone=UTC -c datestyle=ISO',
    types: { getTypeParser: parserOf },
  });
  // a server that restarts hangs up on idle connections; the pool makes new ones when they are needed
  pool.on('error', () => undefined);
  return pool;
}

/** The project's parser of a type, or the driver's own. */
function parserOf(oid: number, format?: 'text' | 'binary') {
  return cellParsers[oid] ?? pg.types.getTypeParser(oid, format ?? 'text');
}

async function withClient<T>(
  pool: pg.Pool,
  signal: AbortSignal,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const client = await pool.connect().catch((error: unknown) => {
    throw warehouseError(error, 'connect');
  });
  let lost: Error | undefined;
  const remember = (error: Error) => {
    lost = error;
  };
  client.on('error', remember);
  try {
    return await work(client);
  } finally {
    client.off('error', remember);
    client.release(lost);
  }
}

function sessionOf(client: pg.PoolClient, signal: AbortSignal): WarehouseSession {
  const guarded = async <T>(statement: string, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      throw warehouseError(error, statement);
    }
  };
  return {
    query: (sql, parameters = []) =>
      guarded(sql, async () => (await client.query<WarehouseRow>(sql, [...parameters])).rows),
    run: (script) => guarded(script, async () => void (await client.query(script))),
    bulkUpsert: (target, rows) =>
      guarded(target.table, async () => {
        const names = Object.keys(target.columns).join(', ');
        await client.query(`CREATE TEMPORARY TABLE incoming (${columnList(target.columns)}, ordinal bigserial)`);
        const sink = client.query(copyFrom(`COPY incoming (${names}) FROM STDIN`));
        await pipeline(Readable.from(copyLines(Object.keys(target.columns), rows)), sink);
        const merged = await client.query(mergeStatement(target, 'incoming'));
        await client.query('DROP TABLE incoming');
        return merged.rowCount ?? 0;
      }),
  };
}
