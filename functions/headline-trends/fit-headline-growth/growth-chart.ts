import { LineChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, TitleComponent, SVGRenderer]);

/** One term: its share among all words, day by day (null where a day has no words), and the curve fitted to it. */
export interface ChartedTerm {
  readonly term: string;
  readonly shares: readonly (number | null)[];
  readonly intercept: number;
  /** Growth of the odds per day, as a natural logarithm. */
  readonly slope: number;
}

/** The days of a chart as `YYYY-MM-DD`, and the one from which the fit counts. */
export interface ChartedDays {
  readonly start: string;
  readonly days: readonly string[];
}

const columns = 2;
const panel = { width: 600, height: 170, left: 64, right: 24, top: 40, bottom: 28 } as const;
const headHeight = 84;
const millisecondsPerDay = 86_400_000;
/** Averaged over: single days of a word that occurs once or twice are all noise. */
const smoothingDays = 7;

const colours = {
  day: '#d5dce4',
  mean: '#2f6690',
  fit: '#c8553d',
  text: '#333',
  faint: '#777',
  line: '#e4e4e4',
} as const;
const font = { fontFamily: 'sans-serif', color: colours.text } as const;

/**
 * Draws terms as an SVG document, one small panel each, in their order; the same input gives the same text.
 *
 * Panels have scales of their own: growth is relative, and ten lines in one frame hide each other.
 */
export function growthChart(title: string, charted: ChartedDays, terms: readonly ChartedTerm[]): string {
  const rows = Math.max(1, Math.ceil(terms.length / columns));
  const size = { width: columns * panel.width, height: headHeight + rows * panel.height };
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption(optionOf(title, charted, terms));
    return stableIds(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

function optionOf(title: string, charted: ChartedDays, terms: readonly ChartedTerm[]): EChartsCoreOption {
  const subtext =
    terms.length === 0
      ? 'no term is sure enough to be ranked'
      : `share of all words of the headlines: grey is day by day, the line the mean of ${smoothingDays} days, dashes the fitted growth`;
  const places = terms.map((_, index) => placeOf(index));
  return {
    animation: false,
    useUTC: true,
    backgroundColor: '#fff',
    title: [
      {
        text: title,
        subtext,
        left: 24,
        top: 16,
        textStyle: { ...font, fontSize: 20 },
        subtextStyle: { ...font, color: colours.faint },
      },
      ...terms.map((term, index) => panelTitle(term, index)),
    ],
    grid: places.map(({ left, top }) => ({
      ...{ left: left + panel.left, top: top + panel.top },
      width: panel.width - panel.left - panel.right,
      height: panel.height - panel.top - panel.bottom,
    })),
    xAxis: places.map((_, gridIndex) => ({ ...timeAxis, gridIndex, min: charted.start, max: charted.days.at(-1) })),
    yAxis: places.map((_, gridIndex) => ({ ...shareAxis, gridIndex })),
    series: terms.flatMap((term, index) => seriesOf(term, charted, index)),
  };
}

function placeOf(index: number): { left: number; top: number } {
  return { left: (index % columns) * panel.width, top: headHeight + Math.floor(index / columns) * panel.height };
}

function panelTitle({ term, slope }: ChartedTerm, index: number) {
  const { left, top } = placeOf(index);
  const days = (Math.LN2 / Math.abs(slope)).toFixed(0);
  return {
    text: `{rank|${index + 1}}${term}{pace|${slope > 0 ? 'doubles' : 'halves'} every ${days} days}`,
    left: left + panel.left - 8,
    top: top + 8,
    textStyle: {
      ...{ ...font, fontSize: 15 },
      rich: {
        rank: { ...font, color: colours.faint, fontSize: 15, fontWeight: 'normal', padding: [0, 10, 0, 0] },
        pace: { ...font, color: colours.faint, fontSize: 12, fontWeight: 'normal', padding: [0, 0, 0, 12] },
      },
    },
  };
}

const timeAxis = {
  type: 'time',
  axisLine: { lineStyle: { color: colours.faint } },
  axisLabel: {
    ...font,
    fontSize: 11,
    hideOverlap: true,
    formatter: { year: '{MMM} {yyyy}', month: '{MMM}', day: '{d} {MMM}' },
  },
  splitLine: { show: false },
} as const;

const shareAxis = {
  type: 'value',
  splitNumber: 3,
  axisLabel: { ...font, fontSize: 11, formatter: (share: number) => `${Number((share * 100).toFixed(2))} %` },
  splitLine: { lineStyle: { color: colours.line } },
} as const;

/** The days as they are, their mean, and the fitted curve over them. */
function seriesOf({ shares, intercept, slope }: ChartedTerm, { start, days }: ChartedDays, index: number) {
  const startMs = Date.parse(start);
  const fitted = days.map((day) => {
    const eta = intercept + (slope * (Date.parse(day) - startMs)) / millisecondsPerDay;
    return [day, 1 / (1 + Math.exp(-eta))];
  });
  const line = { type: 'line', xAxisIndex: index, yAxisIndex: index, silent: true, showSymbol: false };
  return [
    {
      ...line,
      lineStyle: { width: 0 },
      areaStyle: { color: colours.day, opacity: 1 },
      connectNulls: true,
      data: pointsOf(days, shares),
    },
    { ...line, lineStyle: { width: 1.5, color: colours.mean }, data: pointsOf(days, smoothed(shares)) },
    { ...line, lineStyle: { width: 1.5, type: 'dashed', color: colours.fit }, data: fitted },
  ];
}

function pointsOf(days: readonly string[], shares: readonly (number | null)[]) {
  return days.map((day, index) => [day, shares[index] ?? null]);
}

/** The mean over the days around each day, as far as there are any. */
function smoothed(shares: readonly (number | null)[]): (number | null)[] {
  const reach = (smoothingDays - 1) / 2;
  return shares.map((_, index) => {
    const known = shares.slice(Math.max(0, index - reach), index + reach + 1).filter((share) => share !== null);
    return known.length === 0 ? null : known.reduce((sum, share) => sum + share, 0) / known.length;
  });
}

/** The library numbers the charts of a process, and what is for a mouse only; a picture needs neither. */
function stableIds(svg: string): string {
  return svg
    .replaceAll(/ class="zr\d+-cls-\d+"/g, '')
    .replaceAll(/<style >.*?<\/style>\s*/gs, '')
    .replaceAll(/\bzr\d+-/g, 'zr-');
}
