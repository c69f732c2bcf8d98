import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseCount } from '../lib/cli/parse-count.ts';
import { UsageError } from '../lib/errors.ts';
import { openSql } from '../lib/table/sql.ts';
import { writeParquet } from '../lib/table/write-parquet.ts';
import { type GeoSample, geoObservations, geoQualifierMap } from '../samples/geo-observations.ts';

const usage =
  'npm run sample:geo -- [--rows 20000] [--countries 40] [--months 60] [--qualifiers 4,12] [--seed 1] [--out FOLDER]';

try {
  const { sample, folder } = readOptions();
  await mkdir(folder, { recursive: true });
  const dataFile = join(folder, 'observations.parquet');
  const rows = await write(sample, dataFile);
  const request = join(folder, 'request.json');
  await writeFile(request, `${JSON.stringify(requestFor(sample, dataFile), null, 2)}\n`);
  process.stdout.write(`${JSON.stringify({ dataFile, rows, request })}\n`);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n${usage}\n`);
  process.exitCode = 2;
}

async function write(sample: GeoSample, file: string): Promise<number> {
  const workFolder = await mkdtemp(join(tmpdir(), 'sample-geo-'));
  try {
    await using sql = await openSql({ workFolder });
    return await writeParquet(sql, geoObservations(sample), file, { orderedBy: ['position'] });
  } finally {
    await rm(workFolder, { recursive: true });
  }
}

/** The input with which the flow makes everything of the sample. */
function requestFor(sample: GeoSample, dataFile: string) {
  return {
    model_id: `sample-${sample.rows}`,
    run_id: 'indicator',
    is_indicator: true,
    data_paths: [dataFile],
    qualifier_map: geoQualifierMap(sample),
  };
}

function readOptions(): { sample: GeoSample; folder: string } {
  const { rows, countries, months, qualifiers, seed, out } = optionValues();
  const sample = {
    rows: parseCount(rows, '--rows') ?? 0,
    countries: parseCount(countries, '--countries') ?? 0,
    months: parseCount(months, '--months') ?? 0,
    qualifiers: qualifiers === '' ? [] : qualifiers.split(',').map((count) => parseCount(count, '--qualifiers') ?? 0),
    seed: parseCount(seed, '--seed', 0) ?? 0,
  };
  if (sample.countries > 400) throw new UsageError(`--countries is '${countries}'; there is room for 400`);
  return { sample, folder: resolve(out ?? join('.flow', 'samples', `geo-${sample.rows}`)) };
}

function optionValues() {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  try {
    return parseArgs({
      options: {
        rows: text('20000'),
        countries: text('40'),
        months: text('60'),
        qualifiers: text('4,12'),
        seed: text('1'),
        out: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
