import { expect, it } from 'vitest';
import { comparableName, countryCodes } from '../../../functions/carbon-markets/country-codes.ts';
import { openWorkshop } from './raw-blocks.ts';

const spellings: readonly [name: string, code: string | null][] = [
  ['Bolivia', 'BOL'],
  ['Bolivia, Plurinational State of', 'BOL'],
  ['Congo, The Democratic Republic of The', 'COD'],
  ['Congo', 'COG'],
  ["Cote d'Ivoire", 'CIV'],
  ["Côte d'Ivoire", 'CIV'],
  ['Côte d’Ivoire', 'CIV'],
  ['Ivory Coast', 'CIV'],
  ['Hong Kong', 'HKG'],
  ['Iran', 'IRN'],
  ['Iran, Islamic Republic of', 'IRN'],
  ['Korea, Republic of', 'KOR'],
  ['South Korea', 'KOR'],
  ["Lao People's Democratic Republic", 'LAO'],
  ['Laos', 'LAO'],
  ['Macedonia, The Former Yugoslav Republic of', 'MKD'],
  ['North Macedonia', 'MKD'],
  ['Niger', 'NER'],
  ['Nigeria', 'NGA'],
  ['Russian Federation', 'RUS'],
  ['Russia', 'RUS'],
  ['Swaziland', 'SWZ'],
  ['Eswatini', 'SWZ'],
  ['Taiwan', 'TWN'],
  ['Taiwan, Province of China', 'TWN'],
  ['Tanzania', 'TZA'],
  ['Tanzania, United Republic of', 'TZA'],
  ['Turkey', 'TUR'],
  ['Türkiye', 'TUR'],
  ['Turkiye', 'TUR'],
  ['United States', 'USA'],
  ['United States of America', 'USA'],
  ['Venezuela', 'VEN'],
  ['Venezuela, Bolivarian Republic of', 'VEN'],
  ['Viet Nam', 'VNM'],
  ['Vietnam', 'VNM'],
  ['viet nam', 'VNM'],
  [' PERU ', 'PER'],
  ['International', null],
  ['Chin', null],
  ['', null],
];

it('gives every spelling of the registry its ISO code, and null to what is no country', async () => {
  await using workshop = await openWorkshop();

  const found = [];
  for (const [name] of spellings) {
    const rows = await workshop.sql.rows(
      `SELECT code FROM (${countryCodes}) WHERE comparable_name = ${comparableName('$name')}`,
      { name },
    );
    found.push([name, rows[0]?.code ?? null]);
  }

  expect(found).toEqual(spellings);
});

it('holds the 249 codes of ISO 3166-1, and each name once', async () => {
  await using workshop = await openWorkshop();

  const [counted] = await workshop.sql.rows(
    `SELECT count(DISTINCT code) AS codes, count(*) - count(DISTINCT comparable_name) AS repeated FROM (${countryCodes})`,
  );

  expect(counted).toEqual({ codes: 249, repeated: 0 });
});
