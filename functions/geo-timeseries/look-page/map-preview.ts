import { zoomsInTile } from '../grid/projection.ts';
import { colourClasses, legend } from './colour-classes.ts';
import { shortNumber } from './html.ts';
import type { Bin } from './read-tile.ts';
import { roundTicks } from './ticks.ts';
import type { TileLayer } from './tile-layer.ts';

/** Where a bin is drawn: bins from `left` and `top` on, `scale` pixels each. */
interface View {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** Bins across the whole world. */
  readonly world: number;
}

const widthPx = 660;
const heightPx = 420;
/** Side of a lone bin: one that is hard to see is drawn larger than it is. */
const sparsePx = 7;

/** A layer of tiles as a map in SVG with a legend: the mean of the places in each bin, in classes of equal size. */
export function mapPreview(layer: TileLayer, { label }: { label: string }): string {
  const bins = layer.bins.filter((bin) => bin.weight > 0 && Number.isFinite(meanOf(bin)));
  if (bins.length === 0) return '<p class="none">no bin of this layer holds a figure</p>';
  const view = viewOf(bins, 2 ** (layer.zoom + zoomsInTile));
  const isSparse = bins.length < (view.width * view.height) / 20;
  // half a pixel wider than a bin, or hairlines would show between neighbours
  const sidePx = isSparse ? Math.max(view.scale, sparsePx) : view.scale + 0.5;
  const classes = colourClasses(bins.map(meanOf));
  const paths = classes.map((each, index) => {
    const inside = bins.filter((bin) => each.holds(meanOf(bin)));
    const squares = inside.map((bin) => square(bin, view, sidePx)).join('');
    return `<path class="c${each.colour}" data-class="${index}" d="${squares}"/>`;
  });
  const data = bins.map((bin) => [bin.x, bin.y, Number(meanOf(bin).toPrecision(5)), bin.weight]);
  const hover = JSON.stringify({ ...view, bins: data });
  return `<figure class="map" data-kind="map">
<svg viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="${label}">
<g class="grid">${graticule(view)}</g>
${paths.join('\n')}
${locator(view)}
</svg>
${legend(classes)}
<script type="application/json">${hover}</script>
</figure>`;
}

/** The mean over a bin's cells. */
function meanOf({ mean, weight }: Bin): number {
  return mean / weight;
}

/** All bins with some air around them, in the shape of the picture. */
function viewOf(bins: readonly Bin[], world: number): View {
  const [left, right] = extent(bins.map(({ x }) => x));
  const [top, bottom] = extent(bins.map(({ y }) => y));
  const air = Math.max(2, (right - left) * 0.04);
  const spanX = right - left + 2 * air;
  const spanY = bottom - top + 2 * air;
  const scale = Math.min(widthPx / spanX, heightPx / spanY, 24);
  const width = widthPx / scale;
  const height = heightPx / scale;
  return {
    ...{ width, height, scale, world },
    left: (left + right - width) / 2,
    top: (top + bottom - height) / 2,
  };
}

function extent(starts: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const start of starts) [low, high] = [Math.min(low, start), Math.max(high, start + 1)];
  return [low, high];
}

function square({ x, y }: Bin, { left, top, scale }: View, sidePx: number): string {
  const start = (at: number) => px((at + 0.5) * scale - sidePx / 2);
  return `M${start(x - left)} ${start(y - top)}h${px(sidePx)}v${px(sidePx)}h-${px(sidePx)}z`;
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Lines of equal longitude and latitude, with their degrees. */
function graticule({ left, top, width, height, scale, world }: View): string {
  const lngOf = (x: number) => (x / world) * 360 - 180;
  const latOf = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world))) * 180) / Math.PI;
  const yOf = (lat: number) => ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * world;
  const meridians = roundTicks(Math.max(-180, lngOf(left)), Math.min(180, lngOf(left + width)), 6).map((lng) => {
    const x = (((lng + 180) / 360) * world - left) * scale;
    const text = `<text x="${px(x)}" y="${heightPx - 5}" dx="3">${degrees(lng, 'E', 'W')}</text>`;
    return `<path d="M${px(x)} 0V${heightPx}"/>${x < widthPx - 36 ? text : ''}`;
  });
  const parallels = roundTicks(Math.max(-85, latOf(top + height)), Math.min(85, latOf(top)), 5).map((lat) => {
    const y = px((yOf(lat) - top) * scale);
    return `<path d="M0 ${y}H${widthPx}"/><text x="4" y="${y}" dy="-3">${degrees(lat, 'N', 'S')}</text>`;
  });
  return [...meridians, ...parallels].join('');
}

function degrees(value: number, positive: string, negative: string): string {
  return `${shortNumber(Math.abs(value))}°${value === 0 ? '' : value > 0 ? positive : negative}`;
}

/** The place of the picture in the square of the whole world. */
function locator({ left, top, width, height, world }: View): string {
  if (width > world / 2) return '';
  const side = 60;
  const at = (value: number) => px((value / world) * side);
  return `<g class="locator" transform="translate(${widthPx - side - 8} 8)"><rect width="${side}" height="${side}"/>
<path d="M0 ${side / 2}H${side}M${side / 2} 0V${side}"/>
<rect class="here" x="${at(left)}" y="${at(top)}" width="${at(width)}" height="${at(height)}"/></g>`;
}
