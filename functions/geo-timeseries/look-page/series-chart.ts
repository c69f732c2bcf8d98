import { monthText, shortNumber } from './html.ts';
import { roundTicks } from './ticks.ts';

/** One period and its figure. */
export interface SeriesPoint {
  readonly timestamp: number;
  readonly value: number;
}

const widthPx = 660;
const heightPx = 170;
const inset = { left: 48, right: 12, top: 10, bottom: 22 };

/** A series as a line in SVG. */
export function seriesChart(points: readonly SeriesPoint[], { label }: { label: string }): string {
  if (points.length === 0) return '<p class="none">no figures</p>';
  const axes = axesOf(points);
  const places = points.map(({ timestamp, value }) => [
    Math.round(axes.x(timestamp) * 10) / 10,
    Math.round(axes.y(value) * 10) / 10,
  ]);
  const line = places.map((place) => place.join(' ')).join('L');
  const baseline = heightPx - inset.bottom;
  const [first = [0, 0], last = [0, 0]] = [places[0], places.at(-1)];
  // an area says how much there is, so it has to start at nothing
  const area =
    axes.values[0] === 0 ? `<path class="area" d="M${first[0]} ${baseline}L${line}L${last[0]} ${baseline}z"/>` : '';
  // few points are easily missed on a line, and one alone makes none
  const dots = places.length > 36 ? [] : places.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="2.5"/>`);
  const hover = JSON.stringify({
    points: points.map(({ timestamp, value }, index) => [...(places[index] ?? []), monthText(timestamp), value]),
  });
  return `<figure class="series" data-kind="series">
<svg viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="${label}">
<g class="grid">${gridLines(axes)}</g>
${area}
<path class="line" d="M${line}"/>${dots.join('')}
</svg>
<script type="application/json">${hover}</script>
</figure>`;
}

interface Axes {
  readonly times: readonly [number, number];
  readonly values: readonly [number, number];
  x(timestamp: number): number;
  y(value: number): number;
}

function axesOf(points: readonly SeriesPoint[]): Axes {
  const values = points.map(({ value }) => value);
  const times: [number, number] = [points[0]?.timestamp ?? 0, points.at(-1)?.timestamp ?? 0];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // from zero on, unless the figures are all far from it: then the line would be flat
  const bottom = low >= 0 && low < high / 2 ? 0 : low - (high - low || Math.abs(high) || 1) * 0.1;
  const top = high + (high - bottom) * 0.05 || 1;
  const width = widthPx - inset.left - inset.right;
  const height = heightPx - inset.top - inset.bottom;
  const span = times[1] - times[0];
  return {
    times,
    values: [bottom, top],
    x: (timestamp) => inset.left + (span === 0 ? 0.5 : (timestamp - times[0]) / span) * width,
    y: (value) => inset.top + (1 - (value - bottom) / (top - bottom)) * height,
  };
}

function gridLines({ times, values, x, y }: Axes): string {
  const levels = roundTicks(values[0], values[1], 4).map((value) => {
    const at = y(value).toFixed(1);
    return `<path d="M${inset.left} ${at}H${widthPx - inset.right}"/><text x="${inset.left - 6}" y="${at}" dy="4" text-anchor="end">${shortNumber(value)}</text>`;
  });
  const periods = timeTicks(times).map(
    (timestamp) =>
      `<text x="${x(timestamp).toFixed(1)}" y="${heightPx - 6}" text-anchor="middle">${tickText(timestamp)}</text>`,
  );
  return [...levels, ...periods].join('');
}

/** Starts of years, or the two ends where no or only one year starts in between. */
function timeTicks([first, last]: readonly [number, number]): number[] {
  const years = roundTicks(new Date(first).getUTCFullYear(), new Date(last).getUTCFullYear(), 8).filter(
    Number.isInteger,
  );
  const starts = years.map((year) => Date.UTC(year, 0)).filter((start) => start >= first && start <= last);
  return starts.length > 1 ? starts : [...new Set([first, last])];
}

function tickText(timestamp: number): string {
  const text = monthText(timestamp);
  return text.endsWith('-01') ? text.slice(0, -3) : text;
}
