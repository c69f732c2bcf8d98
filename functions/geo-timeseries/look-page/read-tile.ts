import { PbfReader } from 'pbf';
import { zoomsInTile } from '../grid/projection.ts';

/** One bin of a tile, at its place among all bins of its zoom. */
export interface Bin {
  readonly x: number;
  readonly y: number;
  readonly sum: number;
  readonly mean: number;
  /** Number of cells with a figure. */
  readonly weight: number;
}

const columns = 2 ** zoomsInTile;

/** Reads the message `Tile` of tiles.proto. */
export function readTile(bytes: Uint8Array): Bin[] {
  const tile: OpenTile = { x: 0, y: 0, stats: [] };
  new PbfReader(bytes).readFields(readTileField, tile);
  return tile.stats.map(({ bin, sum, mean, weight }) => ({
    x: tile.x * columns + (bin % columns),
    y: tile.y * columns + Math.floor(bin / columns),
    ...{ sum, mean, weight },
  }));
}

interface Stats {
  bin: number;
  sum: number;
  mean: number;
  weight: number;
}

interface OpenTile {
  x: number;
  y: number;
  readonly stats: Stats[];
}

function readTileField(field: number, tile: OpenTile, pbf: PbfReader): void {
  if (field === 1) pbf.readMessage(readCoordField, tile);
  else if (field === 2) pbf.readMessage(readBinsField, tile);
}

function readCoordField(field: number, tile: OpenTile, pbf: PbfReader): void {
  if (field === 1) tile.x = pbf.readVarint();
  else if (field === 2) tile.y = pbf.readVarint();
}

function readBinsField(field: number, tile: OpenTile, pbf: PbfReader): void {
  if (field === 1) tile.stats.push(pbf.readMessage(readEntryField, { bin: 0, sum: 0, mean: 0, weight: 0 }));
}

function readEntryField(field: number, stats: Stats, pbf: PbfReader): void {
  if (field === 1) stats.bin = pbf.readVarint();
  else if (field === 2) pbf.readMessage(readStatsField, stats);
}

function readStatsField(field: number, stats: Stats, pbf: PbfReader): void {
  if (field === 4) stats.sum = pbf.readDouble();
  else if (field === 5) stats.mean = pbf.readDouble();
  else if (field === 6) stats.weight = pbf.readDouble();
}
