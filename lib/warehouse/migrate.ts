import { createHash } from 'node:crypto';
import type { Warehouse, WarehouseSession } from './warehouse.ts';

/** A step from one state of the tables to the next. */
export interface Migration {
  /** Numbered, so that names sort as they are applied: `001-articles.sql`. */
  readonly name: string;
  readonly sql: string;
}

/** Any number that nothing else locks by. */
const lockNumber = 7_350_214_001;

/**
 * Applies the migrations that were not applied yet, in order, all or none, one process at a time.
 *
 * @returns the names of those applied now
 * @throws {Error} one that was applied has been changed since, or is missing from the list
 */
export async function migrate(warehouse: Warehouse, migrations: readonly Migration[]): Promise<string[]> {
  if (pending(migrations, await applied(warehouse)).length === 0) return [];
  return await warehouse.tx(async (session) => {
    await session.query(`SELECT pg_advisory_xact_lock(${lockNumber})`);
    await session.run(`
      CREATE SCHEMA IF NOT EXISTS warehouse;
      CREATE TABLE IF NOT EXISTS warehouse.migration (
        name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
    // looked up again: another process may have been faster
    const missing = pending(migrations, await applied(session));
    for (const { name, sql } of missing) {
      await session.run(sql);
      await session.query('INSERT INTO warehouse.migration (name, sha256) VALUES ($1, $2)', [name, sha256(sql)]);
    }
    return missing.map(({ name }) => name);
  });
}

async function applied(session: Pick<WarehouseSession, 'query'>): Promise<Map<string, string>> {
  const [found] = await session.query("SELECT to_regclass('warehouse.migration') IS NOT NULL AS there");
  if (found?.there !== true) return new Map();
  const rows = await session.query('SELECT name, sha256 FROM warehouse.migration ORDER BY name');
  return new Map(rows.map((row) => [String(row.name), String(row.sha256)]));
}

/** What is to be applied, given what was. */
function pending(migrations: readonly Migration[], known: ReadonlyMap<string, string>): Migration[] {
  const names = migrations.map(({ name }) => name);
  const foreign = [...known.keys()].filter((name) => !names.includes(name));
  if (foreign.length > 0) {
    throw new Error(
      `the warehouse has migrations that this code does not know: ${foreign.join(', ')}; update the code`,
    );
  }
  const changed = migrations.find(({ name, sql }) => known.has(name) && known.get(name) !== sha256(sql));
  if (changed) {
    throw new Error(`migration ${changed.name} was changed after it had been applied; add a new one instead`);
  }
  return migrations.filter(({ name }) => !known.has(name));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
