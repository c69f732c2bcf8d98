import { PbfWriter } from 'pbf';

/** Bins of a tile: 64 columns by 64 rows. */
export const binCount = 4096;

/** What the bins of a tile hold, three numbers each, and which of them hold anything. */
export interface TileBins {
  /** Sum of sums, sum of means, number of cells: for each bin in order. */
  readonly figures: Float64Array;
  /** One bit per bin. */
  readonly present: Uint32Array;
}

const scratch = new PbfWriter(new Uint8Array(256 * 1024));

/** A tile as the message `Tile` of tiles.proto, bins in ascending order: equal tiles have equal bytes. */
export function tileMessage([z, x, y]: readonly [number, number, number], bins: TileBins): Uint8Array {
  scratch.pos = 0;
  scratch.writeMessage(1, writeCoord, [z, x, y]);
  scratch.writeMessage(2, writeBins, bins);
  return scratch.buf.slice(0, scratch.pos);
}

function writeCoord([z = 0, x = 0, y = 0]: readonly number[], pbf: PbfWriter): void {
  if (x !== 0) pbf.writeVarintField(1, x);
  if (y !== 0) pbf.writeVarintField(2, y);
  if (z !== 0) pbf.writeVarintField(3, z);
}

function writeBins({ figures, present }: TileBins, pbf: PbfWriter): void {
  for (let word = 0; word < present.length; word += 1) {
    for (let bits = present[word] ?? 0; bits !== 0; bits &= bits - 1) {
      const bin = word * 32 + 31 - Math.clz32(bits & -bits);
      writeBin(pbf, bin, figures);
    }
  }
  pbf.writeVarintField(2, binCount);
}

const lengthDelimited = 2;

/** An entry of the map: its length is known beforehand, so nothing needs to be moved afterwards. */
function writeBin(pbf: PbfWriter, bin: number, figures: Float64Array): void {
  const sum = figures[bin * 3] ?? 0;
  const mean = figures[bin * 3 + 1] ?? 0;
  const weight = figures[bin * 3 + 2] ?? 0;
  const statsBytes = doubleBytes * (Number(sum !== 0) + Number(mean !== 0) + Number(weight !== 0));
  const keyBytes = bin < 128 ? 2 : 3;
  pbf.writeTag(1, lengthDelimited);
  pbf.writeVarint(keyBytes + 2 + statsBytes);
  pbf.writeVarintField(1, bin);
  pbf.writeTag(2, lengthDelimited);
  pbf.writeVarint(statsBytes);
  if (sum !== 0) pbf.writeDoubleField(4, sum);
  if (mean !== 0) pbf.writeDoubleField(5, mean);
  if (weight !== 0) pbf.writeDoubleField(6, weight);
}

/** A tag and eight bytes. */
const doubleBytes = 9;
