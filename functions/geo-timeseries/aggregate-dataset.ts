import { join } from 'node:path';
import { quoteText } from '../../lib/table/quote.ts';
import type { Sql } from '../../lib/table/sql.ts';
import type { AggregationRules } from './aggregation-rules.ts';
import type { DatasetShape } from './cell-table.ts';
import { regionsOf } from './region-lists.ts';
import { writtenName } from './region-names.ts';
import { cellsOf, monthlySums, type Resolution } from './temporal-aggregation.ts';
import type { ValidatedTable } from './validate.ts';

/** What everything else is made from, most of it in Parquet files. */
export interface AggregatedDataset {
  /** Sums by month, all keys and renamed regions as written, rows without a feature or coordinates included. */
  readonly sums: string;
  readonly cells: Readonly<Record<Resolution, string>>;
  /** The regions of each feature, in a table of the engine. */
  readonly regions: string;
}

/** How the cells are told apart, and whether the summary is wanted. */
export interface AggregationOptions {
  /** The shape of the cells: that of the dataset, or one with fewer qualifiers. */
  readonly shape: DatasetShape;
  readonly rules: AggregationRules;
}

/** Reads the dataset once, into sums, and makes the cells of all three resolutions from those. */
export async function aggregateDataset(
  sql: Sql,
  table: ValidatedTable,
  { shape, rules }: AggregationOptions,
): Promise<AggregatedDataset> {
  const file = (name: string) => join(sql.workFolder, `${name}.parquet`);
  const sums = file('sums');
  await sql.run(copyTo(monthlySums(table.from, table, table.renamedRegions.map(writtenName)), sums));
  await sql.run(`CREATE OR REPLACE TABLE regions_of_features AS ${regionsOf(parquet(sums), table)}`);
  const areCells = shape.qualifiers.length === table.qualifiers.length && table.renamedRegions.length === 0;
  const made = { month: file('month'), year: file('year'), all: file('all') };
  const copies = (Object.entries(made) as [Resolution, string][]).map(([resolution, target]) => {
    // the keys above
    const query = cellsOf(parquet(sums), shape, { resolution, rules, areCells: areCells && resolution === 'month' });
    // units read some features and periods, and find them by the statistics of row groups
    return copyTo(`${query} ORDER BY feature, timestamp`, target);
  });
  await sql.runSideBySide(copies);
  return { sums, cells: made, regions: 'regions_of_features' };
}

/** The SQL of a Parquet file as a table. */
export function parquet(file: string): string {
  return `read_parquet(${quoteText(file)})`;
}

function copyTo(query: string, file: string): string {
  return `COPY (${query}) TO ${quoteText(file)} (FORMAT parquet, COMPRESSION snappy)`;
}
