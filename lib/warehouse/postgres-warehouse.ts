import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { cellParsers } from './cell-parsers.ts';
import { copyLines } from './copy-lines.ts';
import { columnList, mergeStatement } from './merge-statement.ts';
import type { Warehouse, WarehouseRow, WarehouseSession } from './warehouse.ts';
import { warehouseError } from './warehouse-errors.ts';

/** Enough for a task, which works on one connection; more would only wear out a small server. */
const mostConnections = 2;
const connectionTimeoutMs = 10_000;

/** Connections to a server, by address: a Lambda instance keeps them from one call to the next. */
const pools = new Map<string, pg.Pool>();

/**
 * The warehouse on a server, over TLS unless it is on this machine.
 *
 * Connections are pooled per process and never keep it alive; `[Symbol.asyncDispose]` gives nothing back but the name.
 */
export function postgresWarehouse(url: string, { signal }: { readonly signal: AbortSignal }): Warehouse {
  const pool = poolOf(url);
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
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function poolOf(url: string): pg.Pool {
  const known = pools.get(url);
  if (known) return known;
  const pool = new pg.Pool({ ...connectionOf(new URL(url)), max: mostConnections, allowExitOnIdle: true });
  // a server that restarts hangs up on idle connections; the pool makes new ones when they are needed
  pool.on('error', () => undefined);
  pools.set(url, pool);
  return pool;
}

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * What a `postgres://user:password@host:port/database` says. With `?sslmode=disable` there is no TLS, with `require`
 * TLS without a look at the certificate; otherwise the certificate must be good, except on this machine.
 */
function connectionOf(url: URL): pg.PoolConfig {
  const mode = url.searchParams.get('sslmode') ?? (loopback.test(url.hostname) ? 'disable' : 'verify-full');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 5432 : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username),
    ssl: mode === 'disable' ? false : { rejectUnauthorized: mode !== 'require' },
    application_name: 'data-flows',
    connectionTimeoutMillis: connectionTimeoutMs,
    options: '-c timezone=UTC -c datestyle=ISO',
    types: { getTypeParser: parserOf },
  };
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
