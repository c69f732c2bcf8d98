import { coarsestSubtileZoom, finestSubtileZoom, zoomsInTile } from './projection.ts';
import type { Subtile } from './subtile-levels.ts';
import { binCount, type TileBins } from './tile-message.ts';

/** Puts subtiles into the bins of their tiles, and gives each tile once all of its subtiles have come. */
export interface TileBuilder {
  add(subtile: Subtile): void;
  end(): void;
}

interface OpenTile extends TileBins {
  isOpen: boolean;
  x: number;
  y: number;
}

type Place = readonly [zoom: number, x: number, y: number];

/** A tile west or north of the world cannot be written; its subtiles count in the statistics only. */
export function tileBuilder<Body>(
  onTile: (tile: Place, body: Body) => void,
  write: (tile: Place, bins: TileBins) => Body,
): TileBuilder {
  const tiles = Array.from({ length: finestSubtileZoom - coarsestSubtileZoom + 1 }, (): OpenTile => {
    const figures = new Float64Array(binCount * 3);
    return { isOpen: false, x: 0, y: 0, figures, present: new Uint32Array(binCount / 32) };
  });
  const complete = (zoom: number, tile: OpenTile) => {
    if (tile.isOpen && tile.x >= 0 && tile.y >= 0) {
      const place = [zoom, tile.x, tile.y] as const;
      onTile(place, write(place, tile));
    }
    tile.present.fill(0);
    tile.isOpen = false;
  };
  return {
    add({ zoom: subtileZoom, x, y, sum, mean, count }) {
      const zoom = subtileZoom - zoomsInTile;
      const tile = tiles[zoom];
      if (!tile) return;
      const [tileX, tileY] = [x >> zoomsInTile, y >> zoomsInTile];
      if (tile.x !== tileX || tile.y !== tileY) complete(zoom, tile);
      Object.assign(tile, { isOpen: true, x: tileX, y: tileY });
      const bin = x - tileX * 64 + (y - tileY * 64) * 64;
      tile.figures[bin * 3] = sum;
      tile.figures[bin * 3 + 1] = mean;
      tile.figures[bin * 3 + 2] = count;
      tile.present[bin >> 5] = (tile.present[bin >> 5] ?? 0) | (1 << (bin & 31));
    },
    end() {
      for (const [zoom, tile] of tiles.entries()) complete(zoom, tile);
    },
  };
}
