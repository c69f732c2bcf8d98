import { InvalidDataError } from '../errors.ts';
import type { Cell } from './warehouse.ts';

/** Object identifiers of Postgres's own types. */
const oids = { bool: 16, int8: 20, json: 114, jsonb: 3802, date: 1082, timestamptz: 1184 } as const;

/**
 * How the text of a type becomes a cell, by the type's identifier; the same for every driver, so that no row depends
 * on what answered. Types that are not here are each driver's numbers (integers, floats) or Postgres's own text.
 */
export const cellParsers: Readonly<Record<number, (text: string) => Cell>> = {
  [oids.bool]: (text) => text === 't' || text === 'true',
  [oids.int8]: exactNumber,
  [oids.json]: (text) => JSON.parse(text),
  [oids.jsonb]: (text) => JSON.parse(text),
  [oids.date]: (text) => text,
  // '2024-05-01 12:00:00.5+00', as the session's time zone is UTC
  [oids.timestamptz]: (text) => new Date(text.replace(' ', 'T').replace(/\+00$/, 'Z')).toISOString(),
};

function exactNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  throw new InvalidDataError(`the integer ${text} is beyond what a number holds exactly; cast it to text in the query`);
}
