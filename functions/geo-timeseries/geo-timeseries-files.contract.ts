import { type ArtifactContract, columns } from '../../lib/contract.ts';

/** The manifest of a run: every file below its output URL, with what proves it. */
export const geoTimeseriesFiles: ArtifactContract = {
  name: 'geo_timeseries_files',
  description: 'Every file of the latest geo time-series run: its key, group of outputs, size and checksum',
  columns: columns({ key: 'string', output_task: 'string', bytes: 'int', sha256: 'string' }),
  key: { columns: ['key'], onDuplicate: 'fail' },
  rules: [{ name: 'key is not empty', holds: "key <> ''", onFailure: 'fail' }],
  // each version is of another dataset, and may be smaller
  minRowsRatio: 0,
};

/** Memory of the Lambdas in MiB; DuckDB gets half of it, and spills to disk beyond that. */
export const taskMemoryMiB = { plan: 3_008, unit: 1_769, publish: 1_769 } as const;
