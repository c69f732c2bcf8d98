/** Type of a single value: `int` is 64-bit, `date` a calendar day, `ts` an instant in UTC. */
export type ScalarType = 'string' | 'int' | 'float' | 'bool' | 'date' | 'ts';

/**
 * Logical type of a column: a single value, a list of them (`string[]`), or a list of objects with named fields
 * (`{created_at: ts, name: string}[]`), whose fields are single values. Nothing nests deeper.
 */
export type ColumnType = ScalarType | `${ScalarType}[]` | `{${string}: ${ScalarType}}[]`;

/** One column of a published table. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

/** What must hold for the rows of a table; one that does not hold fails the publish or warns. */
export interface RowRule {
  readonly name: string;
  /** A DuckDB SQL expression over one row's columns; a row passes when it is true. Null counts as not passing. */
  readonly holds: string;
  readonly onFailure: 'fail' | 'warn';
  /** Share of rows (0 to 1) that may fail before the rule does. @default 0 */
  readonly toleratedShare?: number;
}

/**
 * The public promise of one artifact: what its readers may rely on, and what is checked before each publish.
 *
 * Pure data, so that the manifest, the task that publishes and the README table share one definition.
 */
export interface ArtifactContract {
  /** The name that existing readers know, e.g. `asset_prices`. */
  readonly name: string;
  readonly description: string;
  /** Exact names, order, types and nullability of the stored table. */
  readonly columns: readonly Column[];
  /** Columns that identify a row, and what a duplicate does. */
  readonly key?: { readonly columns: readonly string[]; readonly onDuplicate: 'fail' | 'warn' };
  readonly rules: readonly RowRule[];
  /** Fewest rows accepted, as a share of the previous version's; 1 for append-only tables. @default 0.99 */
  readonly minRowsRatio?: number;
  /** How long old versions stay at least; who deletes those of all artifacts alike goes by it. @default no longer than of others */
  readonly keeps?: Keeping;
}

/** Versions that are too young to go, and how many stay however old they are. */
export interface Keeping {
  readonly days: number;
  readonly versions: number;
}

/** Reads `name: 'type'` and `name: 'type?'` (nullable) pairs as columns, in the order given. */
export function columns(table: Readonly<Record<string, ColumnType | `${ColumnType}?`>>): Column[] {
  return Object.entries(table).map(([name, type]) => ({
    name,
    // a trailing `?` is the only thing that distinguishes the two halves of the union
    type: type.replace(/\?$/, '') as ColumnType,
    nullable: type.endsWith('?'),
  }));
}
