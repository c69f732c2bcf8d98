import { join } from 'node:path';
import { asQualifiers, type CellTable, type Qualifier } from '../../../functions/geo-timeseries/cell-table.ts';
import { configureRun, skipMessage } from '../../../functions/geo-timeseries/configure-run.ts';
import { numericFiles } from '../../../functions/geo-timeseries/data-files.ts';
import { qualifierColumns, regionColumns } from '../../../functions/geo-timeseries/dataset-columns.ts';
import { globalSeries, globalSeriesBy } from '../../../functions/geo-timeseries/global-series.ts';
import { gridOutputs } from '../../../functions/geo-timeseries/grid/grid-outputs.ts';
import { subtileSums } from '../../../functions/geo-timeseries/grid/subtiles.ts';
import type { OutputFile } from '../../../functions/geo-timeseries/output-file.ts';
import { outputKeys } from '../../../functions/geo-timeseries/output-keys.ts';
import type { LevelOutputs } from '../../../functions/geo-timeseries/output-options.ts';
import { outputSummary } from '../../../functions/geo-timeseries/output-summary.ts';
import {
  limitQualifiers,
  type QualifierCounts,
  type QualifierMap,
} from '../../../functions/geo-timeseries/qualifier-limits.ts';
import { countQualifiers, qualifierLists } from '../../../functions/geo-timeseries/qualifier-lists.ts';
import { countRawRows, rawRows } from '../../../functions/geo-timeseries/raw-rows.ts';
import { type RawTable, rawTable } from '../../../functions/geo-timeseries/raw-table.ts';
import { regionLevels } from '../../../functions/geo-timeseries/region-levels.ts';
import { featuresIn, regionLists } from '../../../functions/geo-timeseries/region-lists.ts';
import { regionalExtrema } from '../../../functions/geo-timeseries/regional-extrema.ts';
import { regionalSeries, regionalSeriesBy } from '../../../functions/geo-timeseries/regional-series.ts';
import { regionalTables, regionalTablesBy } from '../../../functions/geo-timeseries/regional-tables.ts';
import { runResults } from '../../../functions/geo-timeseries/run-results.ts';
import { cellsOf, monthlySums, type Resolution } from '../../../functions/geo-timeseries/temporal-aggregation.ts';
import { validate } from '../../../functions/geo-timeseries/validate.ts';
import { quoteName, quoteText } from '../../../lib/table/quote.ts';
import type { Sql } from '../../../lib/table/sql.ts';
import { type CaseTable, createTable, tableQuery } from './case-table.ts';

/** One case of the shared folder. */
export interface Case {
  readonly name: string;
  readonly note?: string;
  readonly function: string;
  readonly input: { readonly tables: Readonly<Record<string, CaseTable>>; readonly parameters: Parameters };
  // biome-ignore lint/suspicious/noExplicitAny: the case files give it many shapes, each read where it is compared
  readonly expected: any;
}

// biome-ignore lint/suspicious/noExplicitAny: each function has parameters of its own, as the case files write them
type Parameters = Readonly<Record<string, any>>;

/** What a function answered: returns, files by key, or why it did not run. */
export interface CaseResult {
  readonly returns?: unknown;
  readonly files?: ReadonlyMap<string, OutputFile['body']>;
  readonly skip?: string;
}

/** Runs the function of a case on its tables, exactly as a run calls it. */
export async function runCase(sql: Sql, one: Case): Promise<CaseResult> {
  const run = functions[one.function];
  if (!run) throw new Error(`no function '${one.function}'`);
  const { parameters } = one.input;
  const isDefect = one.note?.includes('DEFECT') ?? false;
  return await run({ sql, parameters, tables: one.input.tables, compat: !isDefect });
}

interface Call {
  readonly sql: Sql;
  readonly parameters: Parameters;
  readonly tables: Readonly<Record<string, CaseTable>>;
  readonly compat: boolean;
}

const functions: Readonly<Record<string, (call: Call) => Promise<CaseResult> | CaseResult>> = {
  read_data: async ({ sql, parameters, tables }) => {
    const paths = await Promise.all(
      numericFiles(parameters.data_paths).map(async (path) => {
        const file = join(sql.workFolder, path.replaceAll('/', '_'));
        await sql.run(`COPY (${tableQuery(tableOf(tables, path))}) TO ${quoteText(file)} (FORMAT parquet)`);
        return file;
      }),
    );
    const raw = await rawTable(sql, paths);
    const table = await contentOf(
      sql,
      raw.from,
      raw.columns.map(({ name }) => ({ name, column: name })),
    );
    return { returns: { table, num_rows: table.rows.length } };
  },
  validate_and_fix: async (call) => {
    const raw = await rawInput(call);
    const { weight_column: weightColumn, fill_timestamp: fillTimestamp } = call.parameters;
    const table = await validate(call.sql, raw, { weightColumn, fillTimestamp, compat: call.compat });
    return {
      returns: {
        table: await contentOf(call.sql, table.from, table.columns),
        weight_column: table.weightColumn,
        num_missing_ts: table.counts.missingTimestamps,
        num_invalid_ts: table.counts.invalidTimestamps,
        num_missing_val: table.counts.missingValues,
      },
    };
  },
  configure_pipeline: ({ parameters, tables, compat }) => {
    const names = tableOf(tables, 'input').columns.map(({ name }) => name);
    const { bucket, computeSummary, skipped } = configureRun(
      {
        isIndicator: parameters.is_indicator,
        indicatorBucket: parameters.indicator_bucket,
        modelBucket: parameters.model_bucket,
        selectedOutputTasks: parameters.selected_output_tasks,
        compat,
      },
      names.includes('lat') && names.includes('lng'),
    );
    const always = { compute_monthly: true, compute_annual: true };
    return {
      returns: {
        dest: { ...parameters.dest, bucket },
        ...always,
        compute_summary: computeSummary,
        skipped_tasks: skipped,
      },
    };
  },
  get_qualifier_columns: ({ parameters, tables }) => {
    const names = tableOf(tables, 'input').columns.map(({ name }) => name);
    return { returns: { qualifier_columns: qualifierColumns(names, parameters.weight_column) } };
  },
  save_raw_data: async (call) => {
    const raw = await rawInput(call);
    const counts = await countRawRows(call.sql, raw);
    const files = rawRows(call.sql, raw, {
      counts,
      threshold: call.parameters.raw_count_threshold,
      keys: keysOf(call),
    });
    return { returns: { rows_per_feature: counts }, files: await collect(files) };
  },
  record_region_lists: async (call) => {
    const { from, regions } = await cellsIn(call);
    return {
      returns: { region_levels: regions, features: await featuresIn(call.sql, from) },
      files: await collect(regionLists(call.sql, { from, shape: { regions }, keys: keysOf(call) })),
    };
  },
  record_qualifier_lists: async (call) => {
    const { from, qualifiers } = await cellsIn(call);
    const features = await featuresIn(call.sql, from);
    const counts = await countQualifiers(call.sql, { from, qualifiers, features });
    const { thresholds } = call.parameters;
    const asIntegers = typeof thresholds === 'number' ? BigInt(thresholds) : bigints(thresholds);
    const options = { from, qualifiers, features, thresholds: asIntegers, keys: keysOf(call), counts };
    return { returns: { qualifier_counts: counts }, files: await collect(qualifierLists(call.sql, options)) };
  },
  apply_qualifier_thresholds: ({
    parameters: { qualifier_map: map, qualifier_columns: columns, counts, thresholds },
  }) => {
    const limited = limitQualifiers({ map, columns }, counts, thresholds.max_count);
    return { returns: { qualifier_map: limited.map, qualifier_columns: limited.columns } };
  },
  temporal_aggregation: async (call) => {
    const { time_res: resolution, should_run, weight_column: weightColumn } = call.parameters;
    if (!should_run) return { skip: `Aggregating for resolution ${resolution} was not requested` };
    const { sql } = call;
    const table = await validate(sql, await rawInput(call), { weightColumn, fillTimestamp: 0, compat: call.compat });
    await sql.run(`CREATE OR REPLACE TABLE sums AS ${monthlySums(table.from, table)}`);
    const query = cellsOf('sums', table, { resolution: resolution as Resolution });
    const names = new Map(table.columns.map(({ name, column }) => [column, name]));
    const columns = await columnNames(sql, `(${query})`);
    const content = await contentOf(
      sql,
      `(${query})`,
      columns.map((column) => ({ name: names.get(column) ?? column, column })),
    );
    return { returns: { table: content } };
  },
  compute_global_timeseries: async (call) => {
    if (call.parameters.skip) return { skip: skipMessage('compute_global_timeseries') };
    const cells = await cellsIn(call);
    const outputs = { resolution: call.parameters.time_res, keys: keysOf(call) };
    const files = new Map<string, OutputFile['body']>();
    const sizes: Record<string, number> = {};
    for await (const { key, body, feature, periods } of globalSeries(call.sql, cells, outputs)) {
      files.set(key, body);
      sizes[feature] = periods;
    }
    for (const qualifier of cells.qualifiers) {
      const map: QualifierMap = call.parameters.qualifier_map;
      await collect(globalSeriesBy(call.sql, cells, { ...outputs, qualifier, map }), files);
    }
    return { returns: { rows_per_feature: sizes }, files };
  },
  compute_regional_stats: async (call) => {
    if (call.parameters.skip) return { skip: skipMessage('compute_regional_stats') };
    return await perLevel(call, (cells, outputs) => [regionalExtrema(call.sql, cells, outputs)]);
  },
  compute_regional_timeseries: async (call) => {
    if (call.parameters.skip) return { skip: skipMessage('compute_regional_timeseries') };
    const {
      qualifier_thresholds: limits,
      qualifier_map: map,
      qualifier_columns: columns,
      qualifier_counts,
    } = call.parameters;
    const wanted = limitQualifiers(
      { map, columns },
      qualifier_counts as QualifierCounts,
      limits.regional_timeseries_count,
    );
    return await perLevel(call, (cells, outputs) => [
      regionalSeries(call.sql, cells, outputs),
      ...(outputs.level.position > limits.regional_timeseries_max_level ? [] : cells.qualifiers).map((qualifier) =>
        regionalSeriesBy(call.sql, cells, { ...outputs, qualifier, map: wanted.map }),
      ),
    ]);
  },
  compute_regional_aggregation: async (call) => {
    if (call.parameters.skip) return { skip: skipMessage('compute_regional_aggregation') };
    const map: QualifierMap = call.parameters.qualifier_map;
    const { files } = await perLevel(call, (cells, outputs) => [
      regionalTables(call.sql, cells, outputs),
      ...cells.qualifiers.map((qualifier) => regionalTablesBy(call.sql, cells, { ...outputs, qualifier, map })),
    ]);
    return files.size === 0 ? { skip: 'No regional information available' } : { files };
  },
  subtile_aggregation: async (call) => {
    if (call.parameters.skip) return { skip: skipMessage('subtile_aggregation') };
    const { from } = await cellsIn(call);
    const query = `SELECT feature, timestamp, [14, CAST(x AS INTEGER), CAST(y AS INTEGER)] AS subtile, s_sum_t_sum, s_sum_t_mean, s_count
      FROM (${subtileSums({ from }, { compat: call.compat })})`;
    const names = ['feature', 'timestamp', 'subtile', 's_sum_t_sum', 's_sum_t_mean', 's_count'];
    return {
      returns: {
        table: await contentOf(
          call.sql,
          `(${query})`,
          names.map((name) => ({ name, column: name })),
        ),
      },
    };
  },
  compute_stats: (call) => gridCase(call, (key) => key.endsWith('.csv')),
  compute_tiling: (call) => gridCase(call, (key) => key.endsWith('.tile')),
  compute_output_summary: async (call) => {
    const summary = await outputSummary(call.sql, await cellsIn(call), { compat: call.compat });
    return { returns: { output_agg_values: summary } };
  },
  record_results: async ({ parameters: p, compat }) => {
    if (p.skip_task.record_results) return { skip: skipMessage('record_results') };
    const file = runResults(
      {
        numRows: p.num_rows,
        rowsPerFeature: p.rows_per_feature,
        missingTimestamps: p.num_missing_ts,
        invalidTimestamps: p.num_invalid_ts,
        missingValues: p.num_missing_val,
        regions: p.region_columns,
        features: p.feature_list,
        rawCountThreshold: p.raw_count_threshold,
        hasMonthly: p.compute_monthly,
        hasAnnual: p.compute_annual,
        hasWeights: p.weight_column !== '',
        monthSizes: p.month_ts_size ?? undefined,
        yearSizes: p.year_ts_size ?? undefined,
        summary: p.summary_values,
        further: {},
      },
      { configuration: { skipped: p.skip_task }, keys: outputKeys({ modelId: p.model_id, runId: p.run_id, compat }) },
    );
    return { files: new Map([[file.key, file.body]]) };
  },
};

async function gridCase(call: Call, wants: (key: string) => boolean): Promise<CaseResult> {
  const input = await createTable(call.sql, 'input', tableOf(call.tables, 'input'));
  const sums = `SELECT feature, timestamp, subtile[2] AS x, subtile[3] AS y, s_sum_t_sum, s_sum_t_mean, s_count FROM ${input}`;
  const outputs = { resolution: call.parameters.time_res, keys: keysOf(call), compat: call.compat };
  const files = await collect(gridOutputs(call.sql, sums, outputs));
  return { files: new Map([...files].filter(([key]) => wants(key))) };
}

async function perLevel(
  call: Call,
  make: (cells: CellTable, outputs: LevelOutputs) => AsyncIterable<OutputFile>[],
): Promise<{ files: Map<string, OutputFile['body']> }> {
  const cells = await cellsIn(call);
  const files = new Map<string, OutputFile['body']>();
  for (const level of regionLevels(cells.regions)) {
    const outputs = { resolution: call.parameters.time_res, keys: keysOf(call), level };
    for (const made of make(cells, outputs)) await collect(made, files);
  }
  return { files };
}

async function collect(made: AsyncIterable<OutputFile>, files = new Map<string, OutputFile['body']>()) {
  for await (const { key, body } of made) files.set(key, body);
  return files;
}

function keysOf({ parameters, compat }: Call) {
  return outputKeys({ modelId: parameters.model_id, runId: parameters.run_id, compat });
}

function tableOf(tables: Call['tables'], name: string): CaseTable {
  const table = tables[name];
  if (!table) throw new Error(`the case has no table '${name}'`);
  return table;
}

async function rawInput({ sql, tables }: Call): Promise<RawTable> {
  const from = await createTable(sql, 'input', tableOf(tables, 'input'));
  const described = await sql.rows(`DESCRIBE ${from}`);
  return { from, columns: described.map((row) => ({ name: String(row.column_name), type: String(row.column_type) })) };
}

/** The input of a case as cells: its qualifiers and its weights under our names for them. */
async function cellsIn({ sql, tables, parameters }: Call): Promise<CellTable> {
  const input = tableOf(tables, 'input');
  const from = await createTable(sql, 'input', input);
  const names = input.columns.map(({ name }) => name);
  const weight = String(parameters.weight_column ?? '');
  const qualifiers: Qualifier[] = asQualifiers(parameters.qualifier_columns ?? []);
  const renamed = [
    ...qualifiers.map(({ name, column }) => `${quoteName(name)} AS ${column}`),
    ...(weight === '' ? [] : [`${quoteName(weight)} AS weight`]),
  ];
  return {
    from: `(SELECT * ${renamed.length > 0 ? `, ${renamed.join(', ')}` : ''} FROM ${from})`,
    regions: regionColumns.filter((name) => names.includes(name)),
    qualifiers,
    hasWeights: weight !== '',
    coordinates: (['lat', 'lng'] as const).filter((name) => names.includes(name)),
  };
}

async function columnNames(sql: Sql, from: string): Promise<string[]> {
  return (await sql.rows(`DESCRIBE SELECT * FROM ${from}`)).map((row) => String(row.column_name));
}

async function contentOf(
  sql: Sql,
  from: string,
  columns: readonly { name: string; column: string }[],
): Promise<{ columns: string[]; rows: unknown[][] }> {
  const select = columns.map(({ column }, index) => `${quoteName(column)} AS c${index}`).join(', ');
  const rows = await sql.rows(`SELECT ${select} FROM ${from}`);
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.map((row) => columns.map((_, index) => row[`c${index}`])),
  };
}

function bigints(value: Readonly<Record<string, number>>): Record<string, bigint> {
  return Object.fromEntries(Object.entries(value).map(([name, number]) => [name, BigInt(number)]));
}
