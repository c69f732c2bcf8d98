import { InvalidDataError } from '../../../lib/errors.ts';
import type { Warehouse, WarehouseSession } from '../../../lib/warehouse/warehouse.ts';
import { sqlFile } from '../sql-file.ts';
import { type DayZone, type Model, type ModelTest, modelsOf, type Rules, schemaOf, tokeniser } from './models.ts';

/** How the models are to be built. */
export interface BuildOptions {
  readonly rules: Rules;
  readonly dayZone: DayZone;
  /** @default those of the rules */
  readonly models?: readonly Model[];
}

/** Any number that nothing else locks by. */
const lockNumber = 7_350_214_002;

/**
 * Builds every model anew and runs its tests, all in one transaction: readers see the old models or the new ones.
 *
 * @returns how many tests passed
 * @throws {InvalidDataError} a test does not hold; the models are as they were before
 */
export async function buildModels(warehouse: Warehouse, options: BuildOptions): Promise<{ tests: number }> {
  const { rules, dayZone, models = modelsOf(rules) } = options;
  const schema = schemaOf(rules);
  return await warehouse.tx(async (session) => {
    await session.query(`SELECT pg_advisory_xact_lock(${lockNumber})`);
    await session.query("SELECT set_config('models.day_zone', $1, true)", [dayZone]);
    await session.run(`
      DROP SCHEMA IF EXISTS ${schema}_next CASCADE;
      CREATE SCHEMA ${schema}_next;
      SET LOCAL search_path TO ${schema}_next;`);
    for (const model of models) await buildModel(session, model, rules);
    for (const model of models) for (const test of model.tests) await runTest(session, model, test);
    await session.run(`
      CREATE TABLE build AS SELECT '${rules}' AS rules, '${dayZone}' AS day_zone, '${tokeniser}' AS tokeniser;
      DROP SCHEMA IF EXISTS ${schema} CASCADE;
      ALTER SCHEMA ${schema}_next RENAME TO ${schema}`);
    return { tests: models.reduce((sum, { tests }) => sum + tests.length, 0) };
  });
}

async function buildModel(session: WarehouseSession, model: Model, rules: Rules): Promise<void> {
  const folder = model.differsByRules ? `models/${rules}` : 'models';
  const select = await sqlFile(`${folder}/${model.name}.sql`);
  await session.run(`CREATE ${model.as.toUpperCase()} ${model.name} AS ${select}`);
  if (model.as === 'table') await session.run(`ANALYZE ${model.name}`);
}

async function runTest(session: WarehouseSession, { name }: Model, test: ModelTest): Promise<void> {
  const { promise, broken } = questionOf(name, test);
  const rows = await session.query(broken);
  if (rows.length === 0) return;
  const examples = rows.map((row) => JSON.stringify(row)).join(', ');
  throw new InvalidDataError(
    `the model ${name} breaks its promise that ${promise}; among others by ${examples}; nothing was changed`,
  );
}

/** What a test promises, and a query for rows that break it. */
function questionOf(model: string, test: ModelTest): { promise: string; broken: string } {
  if ('unique' in test) {
    const columns = test.unique.join(', ');
    return {
      promise: `${columns} is unique`,
      broken: `SELECT ${columns}, count(*) AS rows FROM ${model} GROUP BY ${columns} HAVING count(*) > 1 LIMIT 5`,
    };
  }
  if ('notNull' in test) {
    return {
      promise: `${test.notNull} is not null`,
      broken: `SELECT * FROM ${model} WHERE ${test.notNull} IS NULL LIMIT 5`,
    };
  }
  const { relationship: column, to } = test;
  return {
    promise: `${column} is a ${to.column} of ${to.model}`,
    broken: `SELECT ${column} FROM ${model} EXCEPT SELECT ${to.column} FROM ${to.model} LIMIT 5`,
  };
}
