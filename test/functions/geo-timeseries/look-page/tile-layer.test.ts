import { describe, expect, it } from 'vitest';
import { readTile } from '../../../../functions/geo-timeseries/look-page/read-tile.ts';
import { readTileLayer } from '../../../../functions/geo-timeseries/look-page/tile-layer.ts';
import { type Subtiles, tilesOver } from './sample-run.ts';

describe('a tile', () => {
  it('is read with its bins at their places among all bins of the zoom', () => {
    const hex = '0a06084e103b180712250a2008f819121b210000000000003f4029000000000000f03f31000000000000f03f108020';

    expect(readTile(Buffer.from(hex, 'hex'))).toEqual([
      { x: 78 * 64 + 56, y: 59 * 64 + 51, sum: 31, mean: 1, weight: 1 },
    ]);
  });
});

describe('the layer of a preview', () => {
  const layer = (subtiles: Subtiles) => {
    const tiles = tilesOver(subtiles);
    const asked: string[] = [];
    const found = readTileLayer(async (place) => {
      asked.push(place.join('/'));
      return tiles.get(place.join('/'));
    });
    return { found, asked, tiles };
  };

  it.each([
    { name: 'one point', subtiles: [[8192, 8192, 1, 1]], zoom: 6 },
    {
      name: 'some countries',
      subtiles: [
        [8192, 8192, 1, 1],
        [9632, 9632, 1, 1],
      ],
      zoom: 4,
    },
    {
      name: 'the whole world',
      subtiles: [
        [0, 0, 1, 1],
        [16383, 16383, 1, 1],
      ],
      zoom: 1,
    },
  ] satisfies { name: string; subtiles: Subtiles; zoom: number }[])(
    'is of zoom $zoom for $name',
    async ({ subtiles, zoom }) => {
      const { found } = layer(subtiles);

      expect((await found)?.zoom).toBe(zoom);
      expect((await found)?.bins).toHaveLength(subtiles.length);
    },
  );

  it('asks for no tile that is not there', async () => {
    const { found, asked, tiles } = layer([
      [8192, 8192, 1, 1],
      [9632, 9632, 1, 1],
    ]);

    await found;

    expect(asked.filter((place) => !tiles.has(place))).toEqual([]);
    expect(asked).toHaveLength(3);
  });

  it('is none when there is no tile of the whole world', async () => {
    expect(await readTileLayer(async () => undefined)).toBeUndefined();
  });
});
