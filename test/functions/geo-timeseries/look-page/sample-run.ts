import { subtileLevels } from '../../../../functions/geo-timeseries/grid/subtile-levels.ts';
import { tileBuilder } from '../../../../functions/geo-timeseries/grid/tile-builder.ts';
import { tileMessage } from '../../../../functions/geo-timeseries/grid/tile-message.ts';
import type { RunFiles } from '../../../../functions/geo-timeseries/look-page/run-files.ts';
import { outputKeys } from '../../../../functions/geo-timeseries/output-keys.ts';

export const keys = outputKeys({ modelId: 'm', runId: 'r', compat: false });
export const june = Date.UTC(2021, 5);

const aggs = 's_sum_t_sum,s_mean_t_sum,s_sum_t_mean,s_mean_t_mean,s_count';

/** Subtiles of the finest zoom, as [x, y, sum, count], in the order along the curve. */
export type Subtiles = readonly (readonly [x: number, y: number, sum: number, count: number])[];

/** The tiles over some subtiles, by `z/x/y`. */
export function tilesOver(subtiles: Subtiles): Map<string, Uint8Array> {
  const tiles = new Map<string, Uint8Array>();
  const builder = tileBuilder((place, message) => tiles.set(place.join('/'), message), tileMessage);
  const levels = subtileLevels((subtile) => builder.add(subtile));
  for (const [x, y, sum, count] of subtiles) levels.add(x, y, { sum, mean: sum, count });
  levels.end();
  builder.end();
  return tiles;
}

/** Files of a run with one feature, in memory. */
export function sampleRun(
  feature: string,
  regions: readonly string[] = ['Aland,30.0,30.0,30.0,30.0,1'],
): Map<string, string | Uint8Array> {
  const place = { resolution: 'month', feature };
  const files = new Map<string, string | Uint8Array>([
    [
      keys.globalSeries(place),
      `timestamp,${aggs}\n${june},70.0,35.0,70.0,35.0,2\n${Date.UTC(2021, 4)},60.0,30.0,60.0,30.0,2\n`,
    ],
    [keys.regionalTable({ ...place, level: 'country' }, june), `id,${aggs}\n${regions.join('\n')}\n`],
    [keys.regionalTable({ ...place, level: 'country' }, 0), `id,${aggs}\nOld,1.0,1.0,1.0,1.0,1\n`],
    [keys.gridStatistics(place, 0), ''],
    [keys.gridStatistics(place, june), ''],
  ]);
  const subtiles: Subtiles = [
    [9632, 7755, 40, 2],
    [10041, 7726, 30, 1],
  ];
  for (const [name, message] of tilesOver(subtiles)) {
    const [z = 0, x = 0, y = 0] = name.split('/').map(Number);
    files.set(keys.tile(place, june, [z, x, y]), message);
  }
  return files;
}

/** The port that the page reads through. */
export function runFiles(files: ReadonlyMap<string, string | Uint8Array>): RunFiles {
  return {
    async read(key) {
      const file = files.get(key);
      return typeof file === 'string' ? Buffer.from(file) : file;
    },
    async *list(prefix) {
      yield* [...files.keys()].filter((key) => key.startsWith(prefix)).sort();
    },
  };
}
