import type { Qualifier } from './cell-table.ts';
import type { OutputKeys } from './output-keys.ts';
import type { QualifierMap } from './qualifier-limits.ts';
import type { RegionLevel } from './region-levels.ts';

/** What every group of outputs of one resolution is told. */
export interface ResolutionOutputs {
  readonly resolution: 'month' | 'year';
  readonly keys: OutputKeys;
}

/** What every group of outputs of one level of regions is told. */
export interface LevelOutputs extends ResolutionOutputs {
  readonly level: RegionLevel;
}

/** By the values of which qualifier outputs are broken down, and which features want that. */
export interface Breakdown {
  readonly qualifier: Qualifier;
  readonly map: QualifierMap;
}
