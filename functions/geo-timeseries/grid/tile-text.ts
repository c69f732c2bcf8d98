import { doubleText } from '../json-text.ts';
import { binCount, type TileBins } from './tile-message.ts';

/** A tile as people read it: the text form of the message `Tile` of tiles.proto, which leaves out zeros like the message. */
export function tileText([z, x, y]: readonly [number, number, number], { figures, present }: TileBins): string {
  const stats = Array.from({ length: binCount }, (_, bin) => bin)
    .filter((bin) => ((present[bin >> 5] ?? 0) >>> (bin & 31)) & 1)
    .map((bin) => {
      const [sum = 0, mean = 0, weight = 0] = figures.subarray(bin * 3, bin * 3 + 3);
      const value = group('value', fields({ s_sum_t_sum: sum, s_sum_t_mean: mean, weight }, figureText));
      return group('stats', `key: ${bin}\n${value}`);
    });
  const coord = group('coord', fields({ x, y, z }, String));
  return `${coord}${group('bins', `${stats.join('')}${fields({ totalBins: binCount }, String)}`)}`;
}

function group(name: string, content: string): string {
  return `${name} {\n${content.replaceAll(/^(?=.)/gm, '  ')}}\n`;
}

function fields(values: Readonly<Record<string, number>>, text: (value: number) => string): string {
  return Object.entries(values)
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => `${name}: ${text(value)}\n`)
    .join('');
}

function figureText(value: number): string {
  if (Number.isFinite(value)) return doubleText(value);
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}
