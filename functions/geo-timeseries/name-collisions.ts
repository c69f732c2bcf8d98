import type { Sql } from '../../lib/table/sql.ts';
import type { DatasetShape, Qualifier } from './cell-table.ts';
import { keyPartBy } from './output-keys.ts';
import { featuresWith, type QualifierMap } from './qualifier-limits.ts';
import { regionLevels } from './region-levels.ts';
import { writtenName } from './region-names.ts';
import { listOfTexts } from './sql-lists.ts';
import type { ValidatedTable } from './validate.ts';

/** Different names that a run cannot keep apart. */
export interface NameCollision {
  /** Regions are `merged`: their figures are added together. Others share an id or a key, and have figures of their own. */
  readonly kind: 'merged' | 'shared';
  /** What they are names of: `country`, `feature`, … */
  readonly of: string;
  readonly names: readonly string[];
  /** What all of them become. */
  readonly writtenAs: string;
}

/** Where names are found that become parts of keys. */
export interface NamesOfRun {
  /** SQL of the sums, and of the regions of each feature, with renamed ones as written beside them. */
  readonly sums: string;
  readonly regions: string;
  readonly shape: Pick<DatasetShape, 'regions'> & Pick<ValidatedTable, 'renamedRegions'>;
  readonly features: readonly string[];
  /** All of the dataset; values are in keys only where a feature wants series by them. */
  readonly qualifiers: readonly Qualifier[];
  readonly seriesMap: QualifierMap;
  readonly compat: boolean;
}

/** Those because of which two files of a run would have one key. */
export function amongFiles(
  collisions: readonly NameCollision[],
  { wantsRegionalSeries }: { wantsRegionalSeries: boolean },
): NameCollision[] {
  return collisions.filter(
    ({ kind, of }) => kind === 'shared' && (of === 'feature' || of === 'qualifier' || wantsRegionalSeries),
  );
}

/** Every collision among features, qualifiers, values in keys and regions; each name is compared with those of its kind. */
export async function nameCollisions(sql: Sql, run: NamesOfRun): Promise<NameCollision[]> {
  const part = keyPartBy(run);
  return [
    ...(await mergedRegions(sql, run)),
    ...sharedKeys('feature', run.features.map(asItself), part),
    ...sharedKeys('qualifier', run.qualifiers.map(({ name }) => name).map(asItself), part),
    ...(await collidingValues(sql, run)),
    ...(await collidingRegions(sql, run)),
  ];
}

async function mergedRegions(sql: Sql, { regions, shape }: NamesOfRun): Promise<NameCollision[]> {
  const levels = regionLevels(shape.regions).filter(({ name }) => shape.renamedRegions.includes(name));
  const found: NameCollision[] = [];
  for (const { name, columns, id } of levels) {
    const rows = await sql.rows(`
      SELECT ${id} AS id, list(DISTINCT ${writtenName(name)} ORDER BY ${writtenName(name)}) AS names
      FROM ${regions} GROUP BY ${columns.join(', ')} HAVING count(DISTINCT ${writtenName(name)}) > 1 ORDER BY id`);
    for (const { id: writtenAs, names } of rows) {
      found.push({ kind: 'merged', of: name, names: texts(names), writtenAs: String(writtenAs) });
    }
  }
  return found;
}

async function collidingValues(
  sql: Sql,
  { sums, qualifiers, seriesMap, compat }: NamesOfRun,
): Promise<NameCollision[]> {
  const found: NameCollision[] = [];
  for (const { name, column } of qualifiers) {
    const features = featuresWith(seriesMap, name);
    if (features.length === 0) continue;
    const rows = await sql.rows(
      `SELECT DISTINCT ${column} AS value FROM ${sums} WHERE feature IN ${listOfTexts(features)} ORDER BY value`,
    );
    const values = rows.map(({ value }) => asItself(String(value)));
    found.push(...sharedKeys(`value of '${name}'`, values, keyPartBy({ compat })));
  }
  return found;
}

/** Ids join names by `__`: where names may hold it, regions in different countries can have one id. */
async function collidingRegions(sql: Sql, { regions, shape, compat }: NamesOfRun): Promise<NameCollision[]> {
  const found: NameCollision[] = [];
  for (const { name, columns, id } of regionLevels(shape.regions)) {
    const rows = await sql.rows(`
      SELECT DISTINCT ${id} AS id, concat_ws(' > ', ${columns.join(', ')}) AS path FROM ${regions} ORDER BY id, path`);
    const named = rows.map(({ id: inKeys, path }) => ({ name: String(path), inKeys: String(inKeys) }));
    found.push(...sharedKeys(name, named, keyPartBy({ compat })));
  }
  return found;
}

/** A name as people know it, and as it goes into keys. */
interface Named {
  readonly name: string;
  readonly inKeys: string;
}

function asItself(name: string): Named {
  return { name, inKeys: name };
}

function sharedKeys(of: string, all: readonly Named[], part: (name: string) => string): NameCollision[] {
  const byPart = new Map<string, string[]>();
  for (const { name, inKeys } of all) {
    const key = part(inKeys);
    const names = byPart.get(key);
    if (names) names.push(name);
    else byPart.set(key, [name]);
  }
  return [...byPart]
    .filter(([, names]) => names.length > 1)
    .map(([writtenAs, names]) => ({ kind: 'shared', of, names, writtenAs }));
}

function texts(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
