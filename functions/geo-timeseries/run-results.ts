import type { RunConfiguration } from './configure-run.ts';
import { jsonText, type OutputJson } from './json-text.ts';
import type { OutputFile } from './output-file.ts';
import type { OutputKeys } from './output-keys.ts';

type CountByFeature = Readonly<Record<string, number>>;

/** Everything a run has found out about its dataset, gathered from its parts. */
export interface RunFacts {
  readonly numRows: number;
  readonly rowsPerFeature: CountByFeature;
  readonly missingTimestamps: number;
  readonly invalidTimestamps: number;
  readonly missingValues: number;
  readonly regions: readonly string[];
  readonly features: readonly string[];
  readonly rawCountThreshold: number;
  readonly hasMonthly: boolean;
  readonly hasAnnual: boolean;
  readonly hasWeights: boolean;
  readonly monthSizes?: CountByFeature | undefined;
  readonly yearSizes?: CountByFeature | undefined;
  readonly summary: readonly OutputJson[] | null;
  /** What the original did not tell: rows that were left out, warnings, which groups this run has made. */
  readonly further: Readonly<Record<string, OutputJson | undefined>>;
}

/** `results.json`, which the catalogue reads. */
export function runResults(
  facts: RunFacts,
  { configuration, keys }: { configuration: Pick<RunConfiguration, 'skipped'>; keys: OutputKeys },
): OutputFile {
  const hasTiles = !configuration.skipped.compute_tiles;
  const dataInfo = {
    num_rows: BigInt(facts.numRows),
    num_rows_per_feature: integers(facts.rowsPerFeature),
    num_missing_ts: BigInt(facts.missingTimestamps),
    num_invalid_ts: BigInt(facts.invalidTimestamps),
    num_missing_val: BigInt(facts.missingValues),
    region_levels: [...facts.regions, ...(hasTiles ? ['grid data'] : [])],
    features: facts.features,
    raw_count_threshold: BigInt(facts.rawCountThreshold),
    has_tiles: hasTiles,
    has_monthly: facts.hasMonthly,
    has_annual: facts.hasAnnual,
    has_weights: facts.hasWeights,
    month_timeseries_size: facts.hasMonthly && facts.monthSizes ? integers(facts.monthSizes) : undefined,
    year_timeseries_size: facts.hasAnnual && facts.yearSizes ? integers(facts.yearSizes) : undefined,
    ...facts.further,
  };
  const body = jsonText({ data_info: dataInfo, output_agg_values: facts.summary ?? undefined });
  return { key: keys.results, body };
}

function integers(counts: CountByFeature): OutputJson {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, BigInt(count)]));
}
