import { regionColumns } from '../dataset-columns.ts';
import { finestSubtileZoom, zoomsInTile } from '../grid/projection.ts';
import type { OutputKeys } from '../output-keys.ts';
import { csvRows, figure } from './csv-rows.ts';
import { escapeHtml, monthText, shortNumber } from './html.ts';
import { mapPreview } from './map-preview.ts';
import { regionTable } from './region-table.ts';
import { newestPeriod, type RunFiles, readText } from './run-files.ts';
import { seriesChart } from './series-chart.ts';
import { readTileLayer } from './tile-layer.ts';

/** What is shown of one feature. */
export interface FeatureLook {
  readonly feature: string;
  readonly keys: OutputKeys;
  /** Zoom of the finest bins of the tiles. @default 14 */
  readonly maxPrecision?: number | undefined;
}

/** One feature: map, series and regions, by month. */
export async function featureSection(files: RunFiles, look: FeatureLook): Promise<string> {
  const [map, series, regions] = [
    await mapCard(files, look),
    await seriesCards(files, look),
    await regionCard(files, look),
  ];
  return `<section><h2>${escapeHtml(look.feature)}</h2>
<div class="cards"><div>${map}${series}</div><div>${regions}</div></div></section>`;
}

async function mapCard(
  files: RunFiles,
  { feature, keys, maxPrecision = finestSubtileZoom }: FeatureLook,
): Promise<string> {
  const place = { resolution: 'month', feature };
  const period = await newestPeriod(files, folderOf(keys.gridStatistics(place, 0)));
  const layer =
    period === undefined
      ? undefined
      : await readTileLayer((tile) => files.read(keys.tile(place, period, tile)), maxPrecision - zoomsInTile);
  if (period === undefined || !layer) return missing('map tiles');
  const title = `Mean of the places in each bin, ${monthText(period)}`;
  const source = `${layer.tileCount} ${layer.tileCount === 1 ? 'tile' : 'tiles'} of zoom ${layer.zoom}, ${layer.bins.length.toLocaleString('en')} bins`;
  return card(`${title} · ${source}`, mapPreview(layer, { label: escapeHtml(`${feature}: ${title}`) }));
}

async function seriesCards(files: RunFiles, { feature, keys }: FeatureLook): Promise<string> {
  const text = await readText(files, keys.globalSeries({ resolution: 'month', feature }));
  if (text === undefined) return missing('global series');
  const rows = csvRows(text).sort((a, b) => Number(a.timestamp) - Number(b.timestamp));
  const columns: readonly [string, string][] = [
    ['s_sum_t_sum', 'Sum of everything, by month'],
    ['s_mean_t_mean', 'Mean of means, by month'],
  ];
  const cards = columns.map(([column, title]) => {
    const all = rows.flatMap((row) => {
      const value = figure(row, column);
      return value === undefined ? [] : [{ timestamp: Number(row.timestamp), value }];
    });
    const { points, aside } = withoutFilled(all);
    const note = aside
      ? `<p class="note">not drawn: ${monthText(aside.timestamp)} (${shortNumber(aside.value)}), far from all others</p>`
      : '';
    return card(
      `${title} · <code>${column}</code>`,
      `${seriesChart(points, { label: escapeHtml(`${feature}: ${title}`) })}${note}`,
    );
  });
  return cards.join('');
}

interface Point {
  readonly timestamp: number;
  readonly value: number;
}

/** Rows without a time are all in one period, 1970 by default; it would squeeze the others into a corner. */
function withoutFilled(points: readonly Point[]): { points: readonly Point[]; aside?: Point } {
  const [first, second, ...others] = points;
  const last = others.at(-1);
  if (!first || !second || !last) return { points };
  const isFar = second.timestamp - first.timestamp > 2 * (last.timestamp - second.timestamp);
  return isFar ? { points: points.slice(1), aside: first } : { points };
}

async function regionCard(files: RunFiles, { feature, keys }: FeatureLook): Promise<string> {
  for (const level of regionColumns) {
    const place = { resolution: 'month', feature, level };
    const anyTable = keys.regionalTable(place, 0);
    const prefix = anyTable.slice(0, anyTable.lastIndexOf('0/default/'));
    const period = await newestPeriod(files, prefix);
    const text = period === undefined ? undefined : await readText(files, keys.regionalTable(place, period));
    if (period === undefined || text === undefined) continue;
    return card(`Regions (${level}), ${monthText(period)}`, regionTable(csvRows(text)));
  }
  return missing('regional tables');
}

function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}

function card(title: string, content: string): string {
  return `<div class="card"><h3>${title}</h3>${content}</div>`;
}

function missing(what: string): string {
  return `<div class="card"><p class="none">this run made no ${what}</p></div>`;
}
