import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { csvRows } from '../../functions/geo-timeseries/look-page/csv-rows.ts';
import type { Json } from '../../lib/json.ts';
import { quoteText } from '../../lib/table/quote.ts';
import { openSql, type Sql } from '../../lib/table/sql.ts';
import { january, row, rows } from '../functions/geo-timeseries/dataset-rows.ts';
import { type FlowWorld, openFlowWorld, outputOf } from './flow-world.ts';

const published = z.object({ outputUrl: z.string(), warnings: z.array(z.string()) });
const results = z.object({ data_info: z.record(z.string(), z.json()) });

describe('a dataset with something wrong in it', () => {
  let flows: FlowWorld;
  let sql: Sql;
  beforeAll(async () => {
    flows = await openFlowWorld();
    sql = await openSql({ workFolder: await mkdtemp(join(tmpdir(), 'wrong-files-')), memoryMiB: 256, threads: 1 });
  });
  afterAll(async () => {
    await sql.close();
    await rm(sql.workFolder, { recursive: true });
    await flows[Symbol.asyncDispose]();
  });

  const inFolder = (name: string) => join(sql.workFolder, name);
  const parquet = async (query: string) => {
    const file = inFolder('dataset.parquet');
    await sql.run(`COPY (${query}) TO ${quoteText(file)} (FORMAT parquet)`);
    return file;
  };
  const run = (file: string, request: Readonly<Record<string, Json>> = {}) =>
    flows.run('geo-timeseries', { model_id: 'm', run_id: 'r', data_paths: [file], ...request });
  const runOn = async (query: string, request: Readonly<Record<string, Json>> = {}) => {
    const { outputUrl, warnings } = published.parse(outputOf(await run(await parquet(query), request)));
    const prefix = `${outputUrl.slice(outputUrl.indexOf('artifacts/'))}/m/r/`;
    const files = new Map<string, string>();
    for await (const { key } of flows.artifacts.list(prefix)) {
      files.set(key.slice(prefix.length), Buffer.from((await flows.artifacts.read(key)).bytes).toString());
    }
    const info = results.parse(JSON.parse(files.get('results/results.json') ?? '{}')).data_info;
    return { files, warnings, info };
  };

  it.each([
    {
      name: 'columns are missing',
      query: row({ feature: '', value: '' }),
      problem: "the dataset cannot be used: column 'feature' is missing; column 'value' is missing",
    },
    {
      name: 'times are texts',
      query: row({ timestamp: `'2020-01-01'` }),
      problem: "column 'timestamp' is VARCHAR; it must be milliseconds since 1970",
    },
    {
      name: 'several things are wrong, all of which it lists',
      query: row({ timestamp: '', value: '[1, 2]' }),
      problem: "column 'timestamp' is missing; column 'value' is INTEGER[]; it must be numbers",
    },
    {
      name: 'a value is text',
      query: rows(row({ value: `'1.5'` }), row({ value: `'about 3'` })),
      problem: "1 of 2 rows have text in 'value' that is no number, such as 'about 3'; set on_bad_value to 'drop'",
    },
    { name: 'there are no rows', query: `${row()} WHERE false`, problem: 'DataFrame has no rows' },
  ])('is refused when $name', async ({ query, problem }) => {
    const execution = await run(await parquet(query));

    expect(execution).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(execution.cause).toContain(problem);
  });

  it.each([
    { name: 'an empty file', bytes: async () => Buffer.alloc(0) },
    { name: 'a truncated file', bytes: async () => (await readFile(await parquet(row()))).subarray(0, -40) },
    { name: 'a file of text', bytes: async () => Buffer.from('timestamp,feature,value\n1,F,2\n') },
  ])('is refused by its name when it is $name', async ({ bytes }) => {
    const file = inFolder('broken.parquet');
    await writeFile(file, await bytes());

    const execution = await run(file);

    expect(execution).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(execution.cause).toContain('broken.parquet cannot be read as parquet');
  });

  it.each([
    { name: 'is not there', paths: ['nowhere.parquet'], problem: "there is no file 'nowhere.parquet'" },
    { name: 'has no files', paths: [], problem: 'No parquet files provided' },
    { name: 'has files of text only', paths: ['x_str.parquet.gzip'], problem: 'No numeric parquet files' },
  ])('is refused when it $name', async ({ paths, problem }) => {
    const execution = await flows.run('geo-timeseries', { data_paths: paths });

    expect(execution).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(execution.cause).toContain(problem);
  });

  it('leaves out texts among values when asked to, and counts everything that is missing or impossible', async () => {
    const impossible: Record<string, string>[] = [
      { timestamp: 'NULL' },
      { timestamp: '9223372036855' },
      { lat: 'NULL' },
      { lat: '91' },
      { feature: 'NULL' },
    ];
    const query = rows(
      row({ value: `'1.5'` }),
      row({ value: `'about 3'` }),
      row({ value: 'NULL' }),
      row({ value: `'nan'` }),
      row({ value: `'-inf'` }),
      ...impossible.map((wrong) => row({ ...wrong, value: `'1'` })),
    );

    const { info, files } = await runOn(query, { on_bad_value: 'drop' });

    expect(info).toMatchObject({
      num_rows: 10,
      num_dropped_bad_val: 1,
      num_missing_val: 2,
      num_infinite_val: 1,
      num_missing_ts: 1,
      num_invalid_ts: 1,
      num_dropped_no_coordinates: 1,
      num_dropped_off_grid: 1,
      num_dropped_no_feature: 1,
    });
    // the row at 91 degrees north is on no map, but counts everywhere else
    expect(files.get('month/F/timeseries/global/global.csv')).toContain(`\n${january},2.5,1.25,2.5,1.25,2\n`);
  });

  const onlySeries = { selected_output_tasks: ['compute_global_timeseries'] };

  it('warns when its times look like seconds', async () => {
    const { warnings, info } = await runOn(row({ timestamp: `${january / 1000}::BIGINT` }), onlySeries);

    expect(warnings).toEqual([expect.stringContaining("if they are seconds, set timestamp_unit to 'seconds'")]);
    expect(info.warnings).toEqual(warnings);
  });

  it('is read as seconds when asked to', async () => {
    const query = row({ timestamp: `${january / 1000}::BIGINT` });

    const { warnings, files } = await runOn(query, { ...onlySeries, timestamp_unit: 'seconds' });

    expect(warnings).toEqual([]);
    expect(files.get('month/F/timeseries/global/global.csv')).toContain(`\n${january},3.0,`);
  });

  it('sums figures beyond what a double holds to infinity, in files that can still be read', async () => {
    const large = { value: '1e308::DOUBLE' };
    const query = rows(row(large), row(large), row({ ...large, country: `'C'` }));

    const { files } = await runOn(query, {
      selected_output_tasks: ['compute_global_timeseries', 'compute_regional_stats', 'compute_tiles'],
    });

    expect(files.get('month/F/timeseries/global/global.csv')).toContain(`\n${january},inf,`);
    const json = [...files].filter(([key]) => key.endsWith('.json'));
    expect(json.length).toBeGreaterThan(3);
    for (const [, text] of json) expect(() => JSON.parse(text)).not.toThrow();
  });

  const oddNames = [
    { name: 'a slash', country: 'Nord/Süd' },
    { name: 'two slashes', country: 'Ost//West', kept: 'OstWest' },
    { name: 'two underscores', country: 'A__B' },
    { name: 'underscores at its ends', country: '_A_' },
    { name: 'quotes', country: 'the "old" town' },
    { name: 'a comma', country: 'Congo, Rep.' },
    { name: 'line breaks', country: 'up\ndown\r\n' },
    { name: 'a leading dot', country: '..' },
    { name: 'more bytes than a file name can have', country: 'ñ'.repeat(300) },
    { name: 'an escape of its own', country: '100%2F' },
    { name: 'nothing in it', country: '' },
    { name: 'SQL in it', country: `'); DROP TABLE cells; --` },
  ];

  describe('about the names of its regions', () => {
    let files: ReadonlyMap<string, string>;
    beforeAll(async () => {
      const each = oddNames.map(({ country }, index) =>
        row({ country: quoteText(country), value: `${index + 1}::DOUBLE` }),
      );
      ({ files } = await runOn(rows(...each), {
        selected_output_tasks: ['compute_regional_aggregation', 'compute_regional_timeseries'],
      }));
    });

    it.each(oddNames.map((each, index) => ({ ...each, figure: `${index + 1}.0` })))(
      'keeps a region apart whose name has $name',
      ({ country, kept = country, figure }) => {
        const table = csvRows(files.get(`month/F/regional/country/aggs/${january}/default/default.csv`) ?? '');
        const id = table.find(({ s_sum_t_sum }) => s_sum_t_sum === figure)?.id ?? 'none';
        const series = [...files].filter(
          ([key, text]) =>
            key.startsWith('month/F/regional/country/timeseries/default/') && csvRows(text)[0]?.s_sum_t_sum === figure,
        );

        // whoever knows the name finds the id: only what would be misread is escaped
        expect(id.replaceAll('%5F', '_')).toBe(kept);
        expect(id.split('__')).toHaveLength(1);
        expect(series.map(([key]) => key.split('/').length)).toEqual([7]);
      },
    );
  });
});
