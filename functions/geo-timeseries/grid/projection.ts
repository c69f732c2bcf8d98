/** Finest zoom that subtiles can have; a tile holds the subtiles six zooms finer. */
export const finestSubtileZoom = 14;
export const coarsestSubtileZoom = 6;
export const zoomsInTile = 6;

/** Added before bits are interleaved, so that coordinates left and north of the world have an order, too. */
const offset = 2 ** 25;

/** The last latitude of the square that web maps show. */
const lastLatitude = 85.05112878;

/**
 * SQL of the subtile of a point, `x` and `y`: at the finest zoom, cut towards zero, or its ancestor at a coarser one.
 *
 * @see the specification of the geo time-series pipeline, section 3.12
 */
export function subtileColumns({
  compat,
  maxPrecision = finestSubtileZoom,
}: {
  compat: boolean;
  maxPrecision?: number;
}): string {
  const [lat, lng] = compat
    ? ['lat', 'lng']
    : [`greatest(-${lastLatitude}, least(${lastLatitude}, lat))`, '(lng + 180) - 360 * floor((lng + 180) / 360) - 180'];
  const size = 2 ** finestSubtileZoom;
  const x = `trunc((${lng} + 180) / 360 * ${size})`;
  const y = `trunc((1 - asinh(tan(radians(${lat}))) / pi()) / 2 * ${size})`;
  const inWorld = (axis: string) => (compat ? axis : `greatest(0, least(${size - 1}, ${axis}))`);
  const ancestor = (axis: string) =>
    maxPrecision === finestSubtileZoom ? axis : `floor(${axis} / ${2 ** (finestSubtileZoom - maxPrecision)})`;
  return `${ancestor(inWorld(x))} AS x, ${ancestor(inWorld(y))} AS y`;
}

/** SQL condition: the point can be placed at all. */
export function isOnGrid({ compat }: { compat: boolean }): string {
  const known = 'lat IS NOT NULL AND lng IS NOT NULL AND isfinite(lat) AND isfinite(lng)';
  return compat ? `${known} AND abs(lng) < 700000` : `${known} AND abs(lat) <= 90 AND abs(lng) <= 360`;
}

/** SQL of a number by which subtiles sort so that those of every tile, of every zoom, lie together. */
export function alongCurve(x: string, y: string): string {
  return `(${spread(x)} | (${spread(y)} << 1))`;
}

/** The bits of a coordinate with a gap after each. */
function spread(axis: string): string {
  const steps: readonly [number, string][] = [
    [16, '281470681808895'], // 0x0000ffff0000ffff
    [8, '71777214294589695'], // 0x00ff00ff00ff00ff
    [4, '1085102592571150095'], // 0x0f0f0f0f0f0f0f0f
    [2, '3689348814741910323'], // 0x3333333333333333
    [1, '6148914691236517205'], // 0x5555555555555555
  ];
  const start = `(CAST(${axis} AS BIGINT) + ${offset})`;
  return steps.reduce((bits, [shift, mask]) => `((${bits} | (${bits} << ${shift})) & ${mask})`, start);
}
