/** What a made-up dataset of observations looks like. */
export interface GeoSample {
  readonly rows: number;
  /** At most 400; each has 15 × 10 × 2 places. @default 40 */
  readonly countries?: number;
  /** The first is January 2018. @default 60 */
  readonly months?: number;
  /** How many values each qualifier has. @default [4, 12] */
  readonly qualifiers?: readonly number[];
  /** The same seed gives the same rows. @default 1 */
  readonly seed?: number;
}

const features = ['rainfall', 'crop_production'] as const;
const placesPerCountry = 15 * 10 * 2;
const provinces =
  'Amber Birch Cedar Delta Elm Flint Granite Hazel Iris Juniper Kestrel Linden Marsh Nettle Orchid'.split(' ');
const districts = 'Upper Lower North South East West Old New Great Little'.split(' ');

/** Names of the qualifiers of a sample, as columns are called. */
export function geoQualifiers({ qualifiers = [4, 12] }: GeoSample): string[] {
  const names = ['crop', 'season', 'source', 'method'];
  return qualifiers.map((_, index) => names[index] ?? `qualifier_${index + 1}`);
}

/** Which qualifiers break down which feature: all of them both. */
export function geoQualifierMap(sample: GeoSample): Record<string, string[]> {
  return Object.fromEntries(features.map((feature) => [feature, geoQualifiers(sample)]));
}

/**
 * SQL (DuckDB) of as many rows as asked for, in the long form that the flow `geo-timeseries` reads, in the order of its
 * last column `position`, which is not part of the dataset.
 *
 * Two quantities over invented countries, with a small share of everything that real datasets have: missing figures
 * (1 in 200), infinities, missing timestamps, missing coordinates, provinces without names. Every cell is a function of
 * its position and the seed alone, so a longer sample starts with the rows of a shorter one.
 */
export function geoObservations(sample: GeoSample): string {
  const { rows, countries = 40, months = 60, qualifiers = [4, 12], seed = 1 } = sample;
  // eight draws per row; seeds lie so far apart that none shares one with another
  const draw = (number: number) => `(hash(position * 8 + ${number} + ${BigInt(seed) * 2n ** 33n}) >> 1)::BIGINT`;
  const breakdowns = geoQualifiers(sample).map(
    (name, index) =>
      `CASE WHEN dirt <> ${200 + index} THEN '${name} ' || (1 + what // ${100 ** index} % ${qualifiers[index]}) END AS ${name}`,
  );
  return `
    WITH drawn AS (
      SELECT position, ${draw(1)} % ${countries * placesPerCountry} AS place, ${draw(2)} AS time, ${draw(3)} AS what,
        ${draw(4)} % 10000 AS dirt, ${draw(5)} % 10000 / 10000 AS noise
      FROM range(${rows}) AS positions (position)),
    placed AS (
      SELECT *, place // ${placesPerCountry} AS land, place // 20 % 15 AS province, place // 2 % 10 AS district,
        place % 2 AS ward, time % ${months} AS month, time // 100000 % 2 AS feature_number, ${coordinates(countries)}
      FROM drawn)
    SELECT
      CASE WHEN dirt NOT BETWEEN 60 AND 79 THEN
        epoch_ms(TIMESTAMP '2018-01-01' + to_months(month::INTEGER)) + (time // 1000 % 28) * 86400000 END AS timestamp,
      ${listOf(countryNames(countries))}[1 + land] AS country,
      CASE WHEN dirt NOT BETWEEN 140 AND 144 THEN ${listOf(provinces)}[1 + province] END AS admin1,
      CASE WHEN dirt NOT BETWEEN 130 AND 144 THEN ${listOf(districts)}[1 + district] || ' ' || ${listOf(provinces)}[1 + province] END AS admin2,
      CASE WHEN dirt NOT BETWEEN 110 AND 144 THEN ['Riverside', 'Hillside'][1 + ward] END AS admin3,
      CASE WHEN dirt NOT BETWEEN 80 AND 99 THEN place_lat END AS lat,
      CASE WHEN dirt NOT BETWEEN 80 AND 99 THEN place_lng END AS lng,
      ${listOf(features)}[1 + feature_number] AS feature,
      ${figure} AS value,
      ${[...breakdowns, 'position'].join(',\n      ')}
    FROM placed`;
}

/** Countries lie side by side like fields, places inside them likewise, and all of it is bent so that no border is straight. */
function coordinates(countries: number): string {
  const columns = Math.ceil(Math.sqrt(countries * 1.6));
  const lines = Math.ceil(countries / columns);
  const flatLng = `25 + 5.2 * (land % ${columns} - ${columns / 2} + (province % 5 + (district % 2 + (ward + jitter) / 2) / 2) / 5)`;
  const flatLat = `2 + 4.7 * (land // ${columns} - ${lines / 2} + (province // 5 + (district // 2 + jitter * 0.8) / 5) / 3)`;
  return `hash(place) % 1000 / 1000 AS jitter, ${flatLng} AS flat_lng, ${flatLat} AS flat_lat,
        round(flat_lng + 2.5 * sin(flat_lat / 6), 4) AS place_lng, round(flat_lat + 2 * sin(flat_lng / 9), 4) AS place_lat`;
}

/** Rain comes with the seasons and moves north and south; harvests differ by place and grow by some percent a year. */
const figure = `CASE
        WHEN dirt < 50 THEN NULL
        WHEN dirt < 55 THEN 'Infinity'::DOUBLE
        WHEN dirt < 60 THEN '-Infinity'::DOUBLE
        WHEN feature_number = 0 THEN round(greatest(0,
          70 + 45 * sin(flat_lng / 6) * cos(flat_lat / 4) + 40 * sin(month * pi() / 6 + flat_lat / 8)) * (0.4 + 1.2 * noise), 2)
        ELSE round(exp(4 + 1.2 * sin(flat_lng / 5 + flat_lat / 7) + 0.8 * jitter) * (1 + month * 0.004) * (0.5 + noise), 1) END`;

function countryNames(count: number): string[] {
  const starts = 'Ar Bel Cas Dor Él Fen Gal Hes Il Jor Kal Lor Mar Nor Or Pel Quin Ros Sar Tol'.split(' ');
  const ends = ['avia', 'enland', 'imar', 'ovia', 'undi', 'estan', 'alia', 'onesia', 'ury', 'ington'];
  return Array.from({ length: count }, (_, index) => {
    // neighbours sound different
    const start = starts[(index * 7) % starts.length];
    const end = ends[(index + Math.floor(index / starts.length)) % ends.length];
    return `${start}${end}${index < starts.length * ends.length ? '' : ' Nova'}`;
  });
}

function listOf(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(', ')}]`;
}
