import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alongCurve, isOnGrid, subtileColumns } from '../../../../functions/geo-timeseries/grid/projection.ts';
import { type Subtile, subtileLevels } from '../../../../functions/geo-timeseries/grid/subtile-levels.ts';
import { tileBuilder } from '../../../../functions/geo-timeseries/grid/tile-builder.ts';
import { tileMessage } from '../../../../functions/geo-timeseries/grid/tile-message.ts';
import { openSql, type Sql } from '../../../../lib/table/sql.ts';
import { root } from '../../../support/source-files.ts';
import { decodeTile } from '../decode-tile.ts';

type Place = readonly [zoom: number, x: number, y: number];

interface TileCase {
  readonly lat: number;
  readonly lng: number;
  readonly z14: Place;
  readonly levels: readonly { readonly subtile: Place; readonly tile: Place; readonly bin: number }[];
}

const file = join(root, '../shared/data/geo-timeseries/cases/tile_math.json');
const cases: TileCase[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).cases : [];

describe('points on the grid', () => {
  let sql: Sql;
  beforeAll(async () => {
    sql = await openSql({ workFolder: await mkdtemp(join(tmpdir(), 'tile-maths-')), memoryMiB: 256, threads: 1 });
  });
  afterAll(async () => {
    await sql.close();
    await rm(sql.workFolder, { recursive: true });
  });
  const subtileOf = async ({ lat, lng }: { lat: number; lng: number }, compat: boolean) => {
    const point = `SELECT CAST('${lat}' AS DOUBLE) AS lat, CAST('${lng}' AS DOUBLE) AS lng`;
    const [row] = await sql.rows(`SELECT ${subtileColumns({ compat })} FROM (${point}) WHERE ${isOnGrid({ compat })}`);
    // trunc gives a negative zero just west of the world
    return row && [Number(row.x) + 0, Number(row.y) + 0];
  };

  it.skipIf(cases.length === 0).each(cases)('lie where the original puts them: $lat, $lng', async (point) => {
    expect(await subtileOf(point, true)).toEqual(point.z14.slice(1));
  });

  it.each([
    { name: 'the 180th meridian', lat: 0, lng: 180, expected: [0, 8192] },
    { name: 'once around', lat: 0, lng: 370, expected: undefined },
    { name: 'east of the 180th meridian', lat: 0, lng: 200, expected: [910, 8192] },
    { name: 'just west of it', lat: 0, lng: -180.01, expected: [16383, 8192] },
    { name: 'the north pole', lat: 90, lng: 0, expected: [8192, 0] },
    { name: 'the south pole', lat: -90, lng: 0, expected: [8192, 16383] },
    { name: 'beyond the pole', lat: 91, lng: 0, expected: undefined },
  ])('stay within the world unless they cannot exist: $name', async ({ lat, lng, expected }) => {
    expect(await subtileOf({ lat, lng }, false)).toEqual(expected);
  });

  it('follow one another along a curve on which no tile of any zoom is left and entered again', async () => {
    const places = await sql.rows(`
      SELECT x, y FROM range(-3, 29) AS xs (x), range(-3, 29) AS ys (y) ORDER BY ${alongCurve('x', 'y')}`);

    for (let zoom = 1; zoom <= 5; zoom += 1) {
      const tiles = places.map(({ x, y }) => `${Number(x) >> zoom}/${Number(y) >> zoom}`);
      const entries = tiles.filter((tile, index) => tile !== tiles[index - 1]);
      expect(entries.length, `zoom ${zoom}`).toBe(new Set(tiles).size);
    }
  });
});

describe.skipIf(cases.length === 0)('subtiles of coarser zooms, and tiles', () => {
  it.each(cases)('are those of the original: $lat, $lng', ({ z14: [, x, y], levels }) => {
    const subtiles: Subtile[] = [];
    const tiles = new Map<string, Uint8Array>();
    const builder = tileBuilder((place, message) => tiles.set(place.join('/'), message), tileMessage);
    const adding = subtileLevels((subtile) => {
      subtiles.push(subtile);
      builder.add(subtile);
    });

    adding.add(x, y, { sum: 5, mean: 4, count: 3 });
    adding.end();
    builder.end();

    expect(subtiles.map(({ zoom, x, y }) => [zoom, x, y])).toEqual(levels.map(({ subtile }) => subtile));
    expect(subtiles.every(({ sum, mean, count }) => sum === 5 && mean === 4 && count === 3)).toBe(true);
    const written = levels.filter(({ tile: [, tileX, tileY] }) => tileX >= 0 && tileY >= 0);
    expect([...tiles.keys()].sort()).toEqual(written.map(({ tile }) => tile.join('/')).sort());
    for (const { tile, bin } of written) {
      const { coord, bins } = decodeTile(tiles.get(tile.join('/')) ?? new Uint8Array());
      expect([coord.z, coord.x, coord.y]).toEqual(tile);
      expect(bins).toEqual({ totalBins: 4096, stats: { [bin]: { s_sum_t_sum: 5, s_sum_t_mean: 4, weight: 3 } } });
    }
  });
});
