import { quoteText } from '../../lib/table/quote.ts';
import isoNames from './iso-3166-1.json' with { type: 'json' };

/** The registry's own spellings that ISO 3166-1 does not have. */
const aliases: Readonly<Record<string, string>> = {
  Bolivia: 'BOL',
  Iran: 'IRN',
  'Ivory Coast': 'CIV',
  Laos: 'LAO',
  'Macedonia, The Former Yugoslav Republic of': 'MKD',
  Russia: 'RUS',
  'South Korea': 'KOR',
  Swaziland: 'SWZ',
  Taiwan: 'TWN',
  Tanzania: 'TZA',
  Turkey: 'TUR',
  'United States of America': 'USA',
  Venezuela: 'VEN',
  Vietnam: 'VNM',
};

/**
 * SQL that makes country names comparable: case, accents and the shape of an apostrophe do not tell countries apart.
 *
 * @param name a SQL expression
 */
export function comparableName(name: string): string {
  return `lower(strip_accents(replace(trim(${name}), '’', '''')))`;
}

/**
 * SQL of the lookup table `(comparable_name, code)`: ISO 3166-1 and the registry's own spellings. Nothing is guessed.
 *
 * @see the specification of carbon-markets, T-10
 */
export const countryCodes: string = `
  SELECT ${comparableName('name')} AS comparable_name, code
  FROM (VALUES ${[...Object.entries(isoNames).map(([code, name]) => [name, code] as const), ...Object.entries(aliases)]
    .map(([name, code]) => `(${quoteText(name)}, ${quoteText(code)})`)
    .join(', ')}) AS names (name, code)`;
