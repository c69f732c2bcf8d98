import { zoomsInTile } from '../grid/projection.ts';
import { type Bin, readTile } from './read-tile.ts';

/** All bins of one zoom that hold figures. */
export interface TileLayer {
  /** Of the tiles; bins lie six zooms deeper. */
  readonly zoom: number;
  readonly tileCount: number;
  readonly bins: readonly Bin[];
}

/** A tile's bytes; undefined when there is none at that place. */
export type TileSource = (tile: readonly [zoom: number, x: number, y: number]) => Promise<Uint8Array | undefined>;

/** How many bins across a preview should have. */
const binsAcross = 128;

/**
 * Reads the layer of tiles on which the data are some 128 bins wide, so that a preview shows their shape.
 *
 * The bins of the tile of the whole world tell which tiles there are further down, so no place is tried in vain.
 *
 * @param finestZoom of the tiles that there are
 */
export async function readTileLayer(source: TileSource, finestZoom = zoomsInTile): Promise<TileLayer | undefined> {
  const world = await source([0, 0, 0]);
  if (!world) return undefined;
  const coarse = readTile(world);
  if (coarse.length === 0) return undefined;
  const zoom = Math.min(finestZoom, layerZoom(coarse));
  const places = tilesOver(coarse, zoom);
  const bins: Bin[] = [];
  for (const [x, y] of places) {
    const tile = zoom === 0 ? world : await source([zoom, x, y]);
    if (tile) bins.push(...readTile(tile));
  }
  return { zoom, tileCount: places.length, bins };
}

function layerZoom(coarse: readonly Bin[]): number {
  const xs = coarse.map(({ x }) => x);
  const ys = coarse.map(({ y }) => y);
  const across = 1 + Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  // deeper than six zooms, the world's bins no longer tell which tiles there are
  return Math.max(0, Math.min(zoomsInTile, Math.round(Math.log2(binsAcross / across))));
}

function tilesOver(coarse: readonly Bin[], zoom: number): [number, number][] {
  const places = new Map<string, [number, number]>();
  for (const { x, y } of coarse) {
    const place: [number, number] = [x >> (zoomsInTile - zoom), y >> (zoomsInTile - zoom)];
    places.set(place.join(), place);
  }
  return [...places.values()].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
}
