import type { Clock } from '../../lib/clock.ts';
import type { SecretSource } from '../../lib/secret/secret-source.ts';
import { type Migration, migrate } from '../../lib/warehouse/migrate.ts';
import { openWarehouse } from '../../lib/warehouse/open-warehouse.ts';
import type { MergeTarget, Warehouse } from '../../lib/warehouse/warehouse.ts';
import { sqlFile } from './sql-file.ts';

/** Names of the files below `migrations/`, in their order; a new one goes to the end. */
const migrationNames = ['001-articles.sql', '002-model-runs.sql'] as const;

/** Opens the warehouse that `WAREHOUSE_URL` names, with the tables as this code knows them. */
export async function openHeadlineWarehouse(context: {
  readonly secrets: SecretSource;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Promise<Warehouse> {
  const warehouse = await openWarehouse(await context.secrets.get('WAREHOUSE_URL'), context);
  try {
    await migrate(warehouse, await Promise.all(migrationNames.map(readMigration)));
    return warehouse;
  } catch (error) {
    await warehouse[Symbol.asyncDispose]();
    throw error;
  }
}

async function readMigration(name: string): Promise<Migration> {
  return { name, sql: await sqlFile(`migrations/${name}`) };
}

/** Where articles are merged into: by id, of two versions the one that was published later. */
export const articleTable: MergeTarget = {
  table: 'raw.article',
  columns: {
    article_id: 'text',
    headline: 'text',
    publication_date: 'timestamptz',
    byline: 'text',
    news_desk: 'text',
    url: 'text',
    document_type: 'text',
    section_name: 'text',
    type_of_material: 'text',
    word_count: 'integer',
  },
  key: ['article_id'],
  newestBy: 'publication_date',
};
