import type { Sql } from '../../../lib/table/sql.ts';
import type { OutputFile } from '../output-file.ts';
import type { ResolutionOutputs } from '../output-options.ts';
import { type GridStatistics, gridStatistics } from './grid-statistics.ts';
import { type SubtileLevels, subtileLevels } from './subtile-levels.ts';
import { type GridRules, subtilesAlongCurve } from './subtiles.ts';
import { type TileBuilder, tileBuilder } from './tile-builder.ts';
import { tileMessage } from './tile-message.ts';
import { tileText } from './tile-text.ts';

/** How a grid becomes files. */
export interface GridOptions extends ResolutionOutputs, GridRules {
  /** Tiles as text, for people, instead of messages. @default false */
  readonly readableTiles?: boolean;
}

/** Tiles and grid statistics of every feature and period, in one pass over the sums of the finest subtiles. */
export async function* gridOutputs(sql: Sql, sums: string, outputs: GridOptions): AsyncGenerator<OutputFile> {
  let files: OutputFile[] = [];
  const emit = (file: OutputFile) => files.push(file);
  let grid: PeriodGrid | undefined;
  for await (const columns of sql.columns(subtilesAlongCurve(sums))) {
    const [features = [], timestamps = [], xs = [], ys = [], sumsOfSums = [], sumsOfMeans = [], counts = []] = columns;
    for (let row = 0; row < features.length; row += 1) {
      const [feature, timestamp] = [String(features[row]), Number(timestamps[row])];
      if (grid?.feature !== feature || grid.timestamp !== timestamp) {
        grid?.end();
        grid = periodGrid({ ...outputs, feature, timestamp }, emit);
      }
      const figures = { sum: Number(sumsOfSums[row]), mean: Number(sumsOfMeans[row]), count: Number(counts[row]) };
      if (figures.count > 0 || !outputs.emptyAsNull) grid.levels.add(Number(xs[row]), Number(ys[row]), figures);
    }
    yield* files;
    files = [];
  }
  grid?.end();
  yield* files;
}

interface PeriodGrid {
  readonly feature: string;
  readonly timestamp: number;
  readonly levels: SubtileLevels;
  end(): void;
}

function periodGrid(
  {
    resolution,
    keys,
    feature,
    timestamp,
    compat,
    maxPrecision,
    readableTiles = false,
  }: GridOptions & { feature: string; timestamp: number },
  emit: (file: OutputFile) => void,
): PeriodGrid {
  const place = { resolution, feature };
  const statistics: GridStatistics = gridStatistics(maxPrecision);
  const tiles: TileBuilder = readableTiles
    ? tileBuilder((tile, body) => emit({ key: keys.readableTile(place, timestamp, tile), body }), tileText)
    : tileBuilder((tile, body) => emit({ key: keys.tile(place, timestamp, tile), body }), tileMessage);
  const levels = subtileLevels((subtile) => {
    statistics.add(subtile);
    tiles.add(subtile);
  }, maxPrecision);
  return {
    feature,
    timestamp,
    levels,
    end() {
      levels.end();
      tiles.end();
      emit({ key: keys.gridStatistics(place, timestamp), body: statistics.text({ compat }) });
    },
  };
}
