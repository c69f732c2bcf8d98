import { join } from 'node:path';
import { downloadArtifact } from '../../lib/artifact/catalog.ts';
import type { PinnedArtifact } from '../../lib/artifact/manifest.ts';
import type { ArtifactContract } from '../../lib/contract.ts';
import { columnDefinitions } from '../../lib/table/contract-schema.ts';
import { quoteName, quoteText } from '../../lib/table/quote.ts';
import type { Sql } from '../../lib/table/sql.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';

/** Makes a stored Parquet file a view of this name; its rows stay in the file until they are asked for. */
export async function viewStored(
  { sql, context }: { sql: Sql; context: TaskContext },
  name: string,
  key: string,
): Promise<void> {
  const file = join(context.workFolder, `${name}.parquet`);
  await context.artifacts.download(key, file);
  await sql.run(`CREATE VIEW ${quoteName(name)} AS FROM read_parquet(${quoteText(file)})`);
}

/** Makes a pinned version a view of this name; without one, an empty table of its contract. */
export async function viewPinned(
  { sql, context }: { sql: Sql; context: TaskContext },
  name: string,
  { contract, pinned }: { contract: ArtifactContract; pinned: PinnedArtifact | null },
): Promise<void> {
  if (!pinned) return await sql.run(`CREATE TABLE ${quoteName(name)} (${columnDefinitions(contract.columns)})`);
  const file = join(context.workFolder, `${name}.parquet`);
  await downloadArtifact(context.artifacts, pinned, file);
  await sql.run(`CREATE VIEW ${quoteName(name)} AS FROM read_parquet(${quoteText(file)})`);
}
