import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binCount, tileMessage } from '../../../../functions/geo-timeseries/grid/tile-message.ts';
import { readTile } from '../../../../functions/geo-timeseries/look-page/read-tile.ts';
import { root } from '../../../support/source-files.ts';
import { decodeTile } from '../decode-tile.ts';

type Bins = Readonly<Record<number, readonly [sum: number, mean: number, weight: number]>>;

function message(place: readonly [number, number, number], bins: Bins): Uint8Array {
  const figures = new Float64Array(binCount * 3);
  const present = new Uint32Array(binCount / 32);
  for (const [bin, values] of Object.entries(bins)) {
    figures.set(values, Number(bin) * 3);
    const word = Number(bin) >> 5;
    present[word] = (present[word] ?? 0) | (1 << (Number(bin) & 31));
  }
  return tileMessage(place, { figures, present });
}

describe('the message of a tile', () => {
  it('has the bytes of the specification', () => {
    expect(Buffer.from(message([7, 78, 59], { 3320: [31, 1, 1] })).toString('hex')).toBe(
      '0a06084e103b180712250a2008f819121b210000000000003f4029000000000000f03f31000000000000f03f108020',
    );
  });

  it('has a place also where every part of it is zero, and leaves out figures that are', () => {
    expect(Buffer.from(message([0, 0, 0], { 1: [0, 0, 2] })).toString('hex')).toBe(
      '0a0012120a0d0801120931000000000000004010 8020'.replace(' ', ''),
    );
  });

  it('is read by a decoder made from the schema file, whatever it holds', () => {
    const figure = fc.double({ noNaN: true, noDefaultInfinity: true });
    const values = fc.tuple(figure, figure, fc.nat());
    const tiles = fc.dictionary(fc.integer({ min: 0, max: binCount - 1 }).map(String), values, {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), tiles, (x, y, bins) => {
        const { coord, bins: decoded } = decodeTile(message([8, x, y], bins));

        expect(coord).toMatchObject({ z: 8, x, y });
        expect(decoded.totalBins).toBe(binCount);
        const expected = Object.entries(bins).map(([bin, [sum, mean, weight]]) => {
          return [bin, { s_sum_t_sum: sum + 0, s_sum_t_mean: mean + 0, weight }];
        });
        expect(decoded.stats).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

const folder = join(root, '../shared/data/geo-timeseries/expected/geo-test-data');

describe.skipIf(!existsSync(folder))('tiles that the original wrote', () => {
  const files = globSync('**/*.tile', { cwd: folder });

  it('are there', () => {
    expect(files.length).toBe(21);
  });

  it.each(files.map((name) => ({ name })))('are read, and written again with the same content: $name', ({ name }) => {
    const original = readFileSync(join(folder, name));
    const { coord, bins } = decodeTile(original);
    const figures = Object.values(bins.stats);
    const content = Object.entries(bins.stats).map(
      ([bin, each]) => [bin, [each.s_sum_t_sum, each.s_sum_t_mean, each.weight]] as const,
    );

    const again = message([coord.z, coord.x, coord.y], Object.fromEntries(content));

    expect(decodeTile(again)).toEqual(decodeTile(original));
    expect(again.byteLength).toBe(original.byteLength);
    const sums = readTile(original).map(({ sum }) => sum);
    expect(sums.sort()).toEqual(figures.map(({ s_sum_t_sum }) => s_sum_t_sum).sort());
  });
});
