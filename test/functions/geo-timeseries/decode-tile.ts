import { join } from 'node:path';
import { PbfReader } from 'pbf';
import { compile } from 'pbf/compile';
import resolveSchema from 'resolve-protobuf-schema';
import * as z from 'zod';
import { root } from '../../support/source-files.ts';

// read with a decoder made from the schema file, which knows nothing of the writer
const schema = compile(resolveSchema.sync(join(root, 'functions/geo-timeseries/grid/tiles.proto')));

const tile = z.object({
  coord: z.object({ z: z.number(), x: z.number(), y: z.number() }),
  bins: z.object({
    totalBins: z.number(),
    stats: z.record(z.string(), z.object({ s_sum_t_sum: z.number(), s_sum_t_mean: z.number(), weight: z.number() })),
  }),
});

/** A tile's content, as the case files write it. */
export function decodeTile(bytes: Uint8Array): z.infer<typeof tile> {
  return tile.parse(schema.readTile?.(new PbfReader(bytes)));
}
