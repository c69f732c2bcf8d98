/** A made-up registry project. */
export interface SampleProject {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** In the registry's own spelling, which is not always ISO's. */
  readonly country: string | null;
  /** Two letters, as serial numbers carry them. */
  readonly countryInSerial: string;
  readonly type: string;
  readonly methodology: string;
}

type Row = readonly [name: string, region: string, country: string | null, inSerial: string, kind: Kind];
type Kind = keyof typeof kinds;

const kinds = {
  forest: { type: 'Agriculture Forestry and Other Land Use', methodology: 'VM0015' },
  grouped: { type: 'Agriculture Forestry and Other Land Use', methodology: 'VM0007; VM0009' },
  energy: { type: 'Energy industries (renewable/non-renewable sources)', methodology: 'ACM0002' },
  stoves: { type: 'Energy demand', methodology: 'VMR0006' },
  waste: { type: 'Waste handling and disposal', methodology: 'AMS-III.D.' },
  transport: { type: 'Transport', methodology: 'VM0038' },
} as const;

const rows: readonly Row[] = [
  ['Lantern Ridge Wind Bundle', 'Asia', 'China', 'CN', 'energy'],
  ['Nine Wells Solar Park', 'Asia', 'India', 'IN', 'energy'],
  ['Quiet Canopy Forest', 'Latin America', 'Brazil', 'BR', 'forest'],
  ['Heron Bay Mangroves', 'Asia', 'Indonesia', 'ID', 'grouped'],
  ['Clay Hearth Stoves', 'Africa', 'Kenya', 'KE', 'stoves'],
  ['Upper Valley Conservation', 'Latin America', 'Peru', 'PE', 'forest'],
  ['Altiplano Grassland', 'Latin America', 'Bolivia, Plurinational State of', 'BO', 'forest'],
  ['Great River Peatland', 'Africa', 'Congo, The Democratic Republic of The', 'CD', 'grouped'],
  ['Coastal Savanna', 'Africa', 'Congo', 'CG', 'forest'],
  ['Palm Lagoon Biogas', 'Africa', "Cote d'Ivoire", 'CI', 'waste'],
  ['Cocoa Shade Trees', 'Africa', 'Côte d’Ivoire', 'CI', 'forest'],
  ['Mekong Terrace Hydro', 'Asia', "Lao People's Democratic Republic", 'LA', 'energy'],
  ['Harbour Landfill Gas', 'Asia', 'Hong Kong', 'HK', 'waste'],
  ['Kite Tail Tidal', 'Asia', 'Korea, Republic of', 'KR', 'energy'],
  ['Sahel Shelter Belt', 'Africa', 'Niger', 'NE', 'forest'],
  ['Delta Clean Cooking', 'Africa', 'Nigeria', 'NG', 'stoves'],
  ['Black Sea Wind', 'Europe', 'Turkey', 'TR', 'energy'],
  ['Anatolia Geothermal', 'Europe', 'Türkiye', 'TR', 'energy'],
  ['Birch Hill Methane', 'Europe', 'Russian Federation', 'RU', 'waste'],
  ['Cypress Terrace Solar', 'Asia', 'Taiwan, Province of China', 'TW', 'energy'],
  ['Miombo Woodland', 'Africa', 'Tanzania, United Republic of', 'TZ', 'forest'],
  ['Prairie Cover Crops', 'North America', 'United States', 'US', 'grouped'],
  ['Lotus Pond Biogas', 'Asia', 'Viet Nam', 'VN', 'waste'],
  ['Orinoco Gallery Forest', 'Latin America', 'Venezuela', 'VE', 'forest'],
  ['Vardar Small Hydro', 'Europe', 'Macedonia, The Former Yugoslav Republic of', 'MK', 'energy'],
  ['Caspian Gas Recovery', 'Asia', 'Iran, Islamic Republic of', 'IR', 'waste'],
  ['Highveld Cookers', 'Africa', 'Swaziland', 'SZ', 'stoves'],
  ['Tasman Native Forest', 'Oceania', 'Australia', 'AU', 'forest'],
  ['Straits Bus Electrification', 'Asia', 'Singapore', 'SG', 'transport'],
  ['Curassow Cloud Forest', 'Latin America', 'Colombia', 'CO', 'forest'],
];

/** Projects whose country no table knows: the country code of their blocks is null. */
const stateless: readonly Row[] = [
  ['High Seas Fuel Switch', 'International', 'International', 'XX', 'transport'],
  ['Unplaced Improved Stoves', 'Africa', null, 'XX', 'stoves'],
];

/** Numbered from 90001 on, where the real registry is not yet. */
export const sampleProjects: readonly SampleProject[] = rows.map((row, index) => projectOf(row, 90_001 + index));

/** Numbered from 99001 on. */
export const statelessProjects: readonly SampleProject[] = stateless.map((row, index) =>
  projectOf(row, 99_001 + index),
);

function projectOf([name, region, country, countryInSerial, kind]: Row, id: number): SampleProject {
  return { id: String(id), name, region, country, countryInSerial, ...kinds[kind] };
}
