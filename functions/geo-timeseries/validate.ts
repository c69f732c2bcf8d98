import { InvalidDataError } from '../../lib/errors.ts';
import type { Row } from '../../lib/table/cell.ts';
import { quoteName } from '../../lib/table/quote.ts';
import type { Sql } from '../../lib/table/sql.ts';
import { asQualifiers, type DatasetShape } from './cell-table.ts';
import { isRegion, qualifierColumns, type RegionColumn, regionColumns } from './dataset-columns.ts';
import { datasetProblems } from './dataset-problems.ts';
import type { RawColumn, RawTable } from './raw-table.ts';
import { isRenamed, regionName, writtenName } from './region-names.ts';
import { textForm } from './text-form.ts';

/** How a dataset is to be read. */
export interface ValidationOptions {
  readonly weightColumn: string;
  /** Stands in for a missing timestamp, in milliseconds. */
  readonly fillTimestamp: number;
  /** Rows whose value is text that is no number are left out and counted, instead of ending the run. @default false */
  readonly dropBadValues?: boolean;
  /** Timestamps are seconds. @default false */
  readonly inSeconds?: boolean;
  /** Leaves region names alone in which `__` or an underscore at an end would make ids ambiguous. @default false */
  readonly compat?: boolean;
}

/** What was counted on the way. */
export interface ValidationCounts {
  readonly rows: number;
  readonly missingTimestamps: number;
  readonly invalidTimestamps: number;
  readonly missingValues: number;
  readonly badValues: number;
  readonly infiniteValues: number;
  /** The largest distance of a timestamp from 1970, in milliseconds; null when there is none. */
  readonly furthestMs: number | null;
}

/** A dataset made fit for aggregation; nothing is stored, `from` is a query over the files. */
export interface ValidatedTable extends DatasetShape {
  readonly from: string;
  /** Names and columns in the order of the dataset, for looking at it. */
  readonly columns: readonly { readonly name: string; readonly column: string }[];
  readonly weightColumn: string;
  readonly counts: ValidationCounts;
  /** Regions of which some names could not stay as they were; `from` has those as written, too. */
  readonly renamedRegions: readonly RegionColumn[];
}

/** Timestamps from here on do not fit into 64 bits of nanoseconds. */
const latestMs = '9223372036854.775';

/**
 * Checks and fixes a dataset: empty columns go, types become what the steps after it expect, nulls get their text.
 *
 * @throws {InvalidDataError} it cannot be used; the message lists every problem
 * @see the specification of the geo time-series pipeline, section 2.4
 */
export async function validate(sql: Sql, raw: RawTable, options: ValidationOptions): Promise<ValidatedTable> {
  const problems = datasetProblems(raw.columns);
  if (problems.length > 0) throw new InvalidDataError(`the dataset cannot be used: ${problems.join('; ')}`);
  const [row = {}] = await sql.rows(lookAt(raw, options));
  const counts = countsIn(row);
  if (counts.rows === 0) throw new InvalidDataError('DataFrame has no rows');
  if (counts.badValues > 0 && !options.dropBadValues) {
    throw new InvalidDataError(
      `the dataset cannot be used: ${counts.badValues} of ${counts.rows} rows have text in 'value' that is no number, ` +
        `such as '${row.bad_value}'; set on_bad_value to 'drop' to leave them out`,
    );
  }
  const kept: RawColumn[] = [];
  for (const column of raw.columns) {
    if (neverEmpty.has(column.name) || (await hasContent(sql, raw, column))) kept.push(column);
  }
  const renamed = regionColumns.filter(
    (name) => row[`renames_${name}`] === true && kept.some((one) => one.name === name),
  );
  return { ...fixed(raw, kept, { ...options, renamed }), counts };
}

/** Ends at the first row that holds anything. */
async function hasContent(sql: Sql, raw: RawTable, { name, type }: RawColumn): Promise<boolean> {
  return (await sql.rows(`SELECT 1 FROM ${raw.from} WHERE ${holdsAnything(name, type)} LIMIT 1`)).length > 0;
}

const neverEmpty = new Set(['timestamp', 'feature', 'value']);

/** One pass over the files for everything that is counted. */
function lookAt(raw: RawTable, options: ValidationOptions): string {
  const value = typeOf(raw, 'value') === 'VARCHAR' ? 'TRY_CAST("value" AS DOUBLE)' : 'CAST("value" AS DOUBLE)';
  const isBad = '"value" IS NOT NULL AND parsed IS NULL';
  const time = timestampMs(raw.columns, options);
  const renames = raw.columns.flatMap(({ name, type }) =>
    isRegion(name)
      ? [`, coalesce(bool_or(${isRenamed(textForm(quoteName(name), type), options)}), false) AS renames_${name}`]
      : [],
  );
  return `SELECT count(*) AS rows,
      count(*) FILTER (WHERE ${time} IS NULL) AS missing_timestamps,
      count(*) FILTER (WHERE coalesce(${time}, ${options.fillTimestamp}) >= ${latestMs}) AS invalid_timestamps,
      count(*) FILTER (WHERE "value" IS NULL OR isnan(parsed)) AS missing_values,
      count(*) FILTER (WHERE ${isBad}) AS bad_values,
      min(CASE WHEN ${isBad} THEN left(CAST("value" AS VARCHAR), 40) END) AS bad_value,
      count(*) FILTER (WHERE isinf(parsed)) AS infinite_values,
      max(abs(${time})) FILTER (WHERE ${time} < ${latestMs}) AS furthest_ms${renames.join('')}
    FROM (SELECT *, ${value} AS parsed FROM ${raw.from})`;
}

function countsIn(row: Row): ValidationCounts {
  return {
    rows: Number(row.rows),
    missingTimestamps: Number(row.missing_timestamps),
    invalidTimestamps: Number(row.invalid_timestamps),
    missingValues: Number(row.missing_values),
    badValues: Number(row.bad_values),
    infiniteValues: Number(row.infinite_values),
    furthestMs: row.furthest_ms === null ? null : Number(row.furthest_ms),
  };
}

function typeOf(raw: RawTable, name: string): string | undefined {
  return raw.columns.find((column) => column.name === name)?.type;
}

function holdsAnything(name: string, type: string): string {
  const column = quoteName(name);
  if (type === 'VARCHAR') return `${column} IS NOT NULL AND NOT regexp_full_match(${column}, '\\s+')`;
  return type === 'DOUBLE' || type === 'FLOAT'
    ? `${column} IS NOT NULL AND NOT isnan(${column})`
    : `${column} IS NOT NULL`;
}

/** SQL of the time in milliseconds, null where there is none. */
function timestampMs(columns: readonly RawColumn[], { inSeconds }: ValidationOptions): string {
  const type = columns.find(({ name }) => name === 'timestamp')?.type ?? '';
  if (/^(TIMESTAMP|DATE)/.test(type)) return 'epoch_ms(CAST("timestamp" AS TIMESTAMP))';
  const plain = type === 'DOUBLE' || type === 'FLOAT' ? `nullif("timestamp", 'nan')` : '"timestamp"';
  return inSeconds ? `(${plain} * 1000)` : plain;
}

interface FixOptions extends ValidationOptions {
  readonly renamed: readonly RegionColumn[];
}

function fixed(raw: RawTable, kept: readonly RawColumn[], options: FixOptions): Omit<ValidatedTable, 'counts'> {
  const names = kept.map(({ name }) => name);
  const weightColumn = names.includes(options.weightColumn) ? options.weightColumn : '';
  const qualifiers = asQualifiers(qualifierColumns(names, weightColumn));
  const coordinates = (['lat', 'lng'] as const).filter((name) => names.includes(name));
  const columns = kept.map(({ name, type }) => {
    const column =
      name === weightColumn && name !== '' ? 'weight' : (qualifiers.find((one) => one.name === name)?.column ?? name);
    return { name, column, sql: cellOf({ name, type }, { weightColumn, coordinates, options, columns: raw.columns }) };
  });
  const written = kept.flatMap(({ name, type }) =>
    isRegion(name) && options.renamed.includes(name)
      ? [{ column: writtenName(name), sql: textOf({ name, type }) }]
      : [],
  );
  const select = [...columns, ...written].map(({ column, sql }) => `${sql} AS ${quoteName(column)}`).join(', ');
  const kinds =
    options.dropBadValues && typeOf(raw, 'value') === 'VARCHAR'
      ? 'WHERE "value" IS NULL OR TRY_CAST("value" AS DOUBLE) IS NOT NULL'
      : '';
  return {
    from: `(SELECT * FROM (SELECT ${select} FROM ${raw.from} ${kinds}) WHERE "timestamp" < ${latestMs})`,
    columns: columns.map(({ name, column }) => ({ name, column })),
    regions: regionColumns.filter((name) => names.includes(name)),
    qualifiers,
    hasWeights: weightColumn !== '',
    coordinates,
    weightColumn,
    renamedRegions: options.renamed,
  };
}

function cellOf(
  { name, type }: RawColumn,
  about: {
    weightColumn: string;
    coordinates: readonly string[];
    options: FixOptions;
    columns: readonly RawColumn[];
  },
): string {
  const column = quoteName(name);
  const number = `nullif(${type === 'VARCHAR' ? 'TRY_CAST' : 'CAST'}(${column} AS DOUBLE), 'nan')`;
  if (name === 'timestamp')
    return `coalesce(${timestampMs(about.columns, about.options)}, ${about.options.fillTimestamp})`;
  if (name === 'feature') return textForm(column, type);
  if (name === 'value') return `CASE WHEN isfinite(${number}) THEN ${number} END`;
  if (about.coordinates.length === 2 && about.coordinates.includes(name)) return number;
  // one coordinate alone stays as it is
  if (about.coordinates.includes(name)) return column;
  if (name === about.weightColumn) return `coalesce(${number}, 0)`;
  const text = textOf({ name, type });
  return isRegion(name) && about.options.renamed.includes(name) ? regionName(text, about.options) : text;
}

/** A region's or qualifier's text, `None` where there is none. */
function textOf({ name, type }: RawColumn): string {
  const column = quoteName(name);
  const nullable = type === 'DOUBLE' || type === 'FLOAT' ? `nullif(${column}, 'nan')` : column;
  return `coalesce(${textForm(nullable, type)}, 'None')`;
}
