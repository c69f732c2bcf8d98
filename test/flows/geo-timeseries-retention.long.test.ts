import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cleanUpReportSchema } from '../../lib/artifact/clean-up-old-artifacts.ts';
import { quoteText } from '../../lib/table/quote.ts';
import { openSql } from '../../lib/table/sql.ts';
import { row } from '../functions/geo-timeseries/dataset-rows.ts';
import { openFlowWorld, outputOf } from './flow-world.ts';

it('old files of geo time series go with their version, those that readers of a run have stay', async () => {
  await using flows = await openFlowWorld();
  const folder = await mkdtemp(join(tmpdir(), 'geo-retention-'));
  const dataset = join(folder, 'dataset.parquet');
  await using sql = await openSql({ workFolder: folder, memoryMiB: 256, threads: 1 });
  await sql.run(`COPY (${row()}) TO ${quoteText(dataset)} (FORMAT parquet)`);
  const publish = async (executionName: string, request: Readonly<Record<string, string | string[]>>) => {
    const whole = { model_id: 'm', data_paths: [dataset], selected_output_tasks: ['compute_global_timeseries'] };
    outputOf(await flows.run('geo-timeseries', { ...whole, ...request }, executionName));
  };
  // the second is replaced in part only: its regional tables stay current
  await publish('first', { run_id: 'a' });
  await publish('second', { run_id: 'b', selected_output_tasks: ['compute_regional_aggregation'] });
  await publish('third', { run_id: 'b' });
  await publish('fourth', { run_id: 'c' });
  await publish('fifth', { run_id: 'c', selected_output_tasks: ['compute_global_timeseries', 'compute_tiles'] });
  await publish('sixth', { run_id: 'd' });
  await publish('seventh', { run_id: 'e' });
  const halfWay = 'artifacts/geo_timeseries_files/20261120T000000Z-failed/files/m/r/raw/F/raw/raw.csv';
  await flows.artifacts.write(halfWay, 'x');
  await flows.clock.advance(8 * 86_400_000);

  const report = cleanUpReportSchema.parse(outputOf(await flows.run('clean-up-old-artifacts')));

  const executionsWithFiles = new Set<string>();
  for await (const { key } of flows.artifacts.list('artifacts/geo_timeseries_files/')) {
    const [, execution] = /Z-(\w+)\/files\//.exec(key) ?? [];
    if (execution) executionsWithFiles.add(execution);
  }
  expect([...executionsWithFiles]).toEqual(['first', 'second', 'third', 'fifth', 'sixth', 'seventh']);
  expect(report.versions.map(({ version }) => version.split('-')[1])).toEqual(['failed', 'fourth']);
  await rm(folder, { recursive: true });
}, 60_000);
