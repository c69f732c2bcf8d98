import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { quoteName, quoteText } from './quote.ts';
import type { Sql } from './sql.ts';

export interface WriteWideParquetOptions {
  /**
   * Columns of the query that give the order of the rows and are left out of the file. Together they are unique, and
   * none is null.
   */
  readonly orderedBy: readonly string[];
  /** Rows that are held in memory at a time, as one row group. */
  readonly rowsPerGroup: number;
}

/** So many groups of rows are sorted at once. */
const groupsPerPart = 4;
/** All parts are open at once while rows go into them, so that each may hold only a few. */
const scatteredRowsPerGroup = 256;

/**
 * Writes a query's answer as one Parquet file (zstd), in order, and answers how many rows it has. For rows of many
 * kilobytes, which DuckDB cannot sort in less memory than they have together.
 *
 * The keys are sorted alone. The rows go into parts of neighbours as they come, each part is sorted, and the parts are
 * put together: the query runs twice, and the work folder has room for two copies of its answer. Its joins are done as
 * they are written, with the table on the right in memory.
 *
 * Deterministic: the same rows in the same order give the same bytes.
 *
 * @throws the keys do not tell all rows apart, so that rows would be missing or doubled
 */
export async function writeWideParquet(
  sql: Sql,
  query: string,
  filePath: string,
  { orderedBy, rowsPerGroup }: WriteWideParquetOptions,
): Promise<number> {
  const keys = orderedBy.map(quoteName).join(', ');
  const folder = await mkdtemp(join(sql.workFolder, 'parts-'));
  const restore = await set(sql, {
    // several threads end row groups where it happens, and each holds a group of its own
    threads: '1',
    // DuckDB goes by the number of rows, and would hold the wide ones
    disabled_optimizers: 'join_order,build_side_probe_side',
    // the parts get their rows as soon as there is a group of them
    partitioned_write_flush_threshold: String(rowsPerGroup),
  });
  try {
    await sql.run(`CREATE OR REPLACE TEMP TABLE places AS
      SELECT ${keys}, row_number() OVER (ORDER BY ${keys}) - 1 AS __place FROM (${query})`);
    const [counted] = await sql.rows('SELECT count(*) AS rows FROM places');
    const rows = Number(counted?.rows);
    const placed = `SELECT * EXCLUDE (${keys}) FROM (${query}) JOIN places USING (${keys})`;
    const parts = await sortedParts(sql, placed, { folder, rowsPerGroup, rows });
    const answer =
      parts.length === 0
        ? `SELECT * EXCLUDE (__place) FROM (${placed})`
        : `FROM read_parquet([${parts.map(quoteText).join(', ')}])`;
    const options = `COMPRESSION zstd, ROW_GROUP_SIZE ${rowsPerGroup}`;
    const written = await copyTo(sql, answer, { filePath, options });
    await sql.run('DROP TABLE places');
    if (written === rows) return rows;
    const names = orderedBy.join(', ');
    throw new Error(
      `${written} rows were written of ${rows}: '${names}' is null somewhere or the same in several rows`,
    );
  } finally {
    await restore();
    await rm(folder, { recursive: true });
  }
}

/** Files of the rows by `__place`, so many in each that they are sorted in memory. */
async function sortedParts(
  sql: Sql,
  placed: string,
  { folder, rowsPerGroup, rows }: { folder: string; rowsPerGroup: number; rows: number },
): Promise<string[]> {
  const rowsPerPart = groupsPerPart * rowsPerGroup;
  const scattered = join(folder, 'scattered');
  await copyTo(sql, `SELECT *, __place // ${rowsPerPart} AS __part FROM (${placed})`, {
    filePath: scattered,
    options: `PARTITION_BY (__part), ROW_GROUP_SIZE ${scatteredRowsPerGroup}`,
  });
  const parts = Array.from({ length: Math.ceil(rows / rowsPerPart) }, (_, part) => part);
  const files: string[] = [];
  for (const part of parts) {
    const from = quoteText(join(scattered, `__part=${part}`, '*.parquet'));
    const filePath = join(folder, `${part}.parquet`);
    const inOrder = `SELECT * EXCLUDE (__place) FROM read_parquet(${from}, hive_partitioning = false) ORDER BY __place`;
    await copyTo(sql, inOrder, { filePath, options: `ROW_GROUP_SIZE ${rowsPerGroup}` });
    files.push(filePath);
  }
  return files;
}

/** Changes settings of the engine; the answer puts back what they were. */
async function set(sql: Sql, settings: Readonly<Record<string, string>>): Promise<() => Promise<void>> {
  const names = Object.keys(settings);
  const [before = {}] = await sql.rows(
    `SELECT ${names.map((name) => `current_setting('${name}') AS ${name}`).join(', ')}`,
  );
  const setAll = async (values: Readonly<Record<string, unknown>>) => {
    for (const name of names) await sql.run(`SET ${name} = ${quoteText(String(values[name]))}`);
  };
  await setAll(settings);
  return () => setAll(before);
}

async function copyTo(
  sql: Sql,
  query: string,
  { filePath, options }: { filePath: string; options: string },
): Promise<number> {
  const [copied] = await sql.rows(`COPY (${query}) TO ${quoteText(filePath)} (FORMAT parquet, ${options})`);
  return Number(copied?.Count);
}
