import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** The share of one term among all words, day by day; null where a day has no words. */
export interface ChartedTerm {
  readonly term: string;
  readonly shares: readonly (number | null)[];
}

const size = { width: 1200, height: 640 } as const;
/** Averaged over: single days of a word that occurs once or twice are all noise. */
const smoothingDays = 7;

/** One for each of ten terms, told apart also by those who see few colours (Tableau's ten). */
const colours = [
  ...['#4e79a7', '#f28e2b', '#e15759', '#76b7b2', '#59a14f'],
  ...['#edc948', '#b07aa1', '#ff9da7', '#9c755f', '#79706e'],
] as const;

/** Draws the shares of terms over days as an SVG document; the same input gives the same text. */
export function growthChart(title: string, days: readonly string[], terms: readonly ChartedTerm[]): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption({
      animation: false,
      color: [...colours],
      title: { text: title, subtext: `share of all words of a day's headlines, mean of ${smoothingDays} days` },
      legend: { orient: 'vertical', right: 16, top: 'middle', data: terms.map(({ term }) => term) },
      grid: { left: 64, right: 200, top: 80, bottom: 48 },
      xAxis: { type: 'category', data: [...days], boundaryGap: false },
      yAxis: { type: 'value', axisLabel: { formatter: (share: number) => `${(share * 100).toFixed(2)} %` } },
      series: terms.map(({ term, shares }) => ({
        ...{ type: 'line', name: term, showSymbol: false, lineStyle: { width: 1.5 }, data: smoothed(shares) },
      })),
    });
    return stableIds(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/** The mean over the days up to each day, as far back as there are any. */
function smoothed(shares: readonly (number | null)[]): (number | null)[] {
  return shares.map((_, index) => {
    const known = shares.slice(Math.max(0, index - smoothingDays + 1), index + 1).filter((share) => share !== null);
    return known.length === 0 ? null : known.reduce((sum, share) => sum + share, 0) / known.length;
  });
}

/** The library numbers the charts of a process, and its names of styles and clips with them. */
function stableIds(svg: string): string {
  return svg.replaceAll(/\bzr\d+-/g, 'zr-');
}
