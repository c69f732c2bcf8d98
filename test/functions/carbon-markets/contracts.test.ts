import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rawVerraData } from '../../../functions/carbon-markets/raw-verra-data.contract.ts';
import { verraDataQuery } from '../../../functions/carbon-markets/verra-data/verra-data-query.ts';
import { verraRetirementsQuery } from '../../../functions/carbon-markets/verra-retirements/verra-retirements-query.ts';
import { verraRetirements } from '../../../functions/carbon-markets/verra-retirements.contract.ts';
import { checkContract } from '../../../lib/table/check-contract.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';
import { aRawBlock, openWorkshop, type RawBlock, writeRawBlocks } from './raw-blocks.ts';

const orderedBy = ['file_row_number'];

/** Names and levels of the checks that rows of raw_verra_data do not pass. */
async function brokenByRaw(blocks: RawBlock[]) {
  await using workshop = await openWorkshop();
  const file = join(workshop.folder, 'raw.parquet');
  await writeRawBlocks(workshop.sql, blocks, file);
  const { checks } = await checkContract(file, rawVerraData);
  return checks.filter((check) => !check.passed).map(({ name, level }) => [name, level]);
}

/** The same for the retirements that are built from them; `where` spoils the rows. */
async function brokenByRetirements(blocks: RawBlock[], replace = 'status AS status') {
  await using workshop = await openWorkshop();
  const inFolder = (name: string) => join(workshop.folder, name);
  await writeRawBlocks(workshop.sql, blocks, inFolder('raw.parquet'));
  const query = verraDataQuery({ rawVerraDataFile: inFolder('raw.parquet'), isCompat: false });
  await writeParquet(workshop.sql, query, inFolder('data.parquet'), { orderedBy });
  const retirements = verraRetirementsQuery(inFolder('data.parquet'));
  await writeParquet(
    workshop.sql,
    `SELECT * REPLACE (${replace}) FROM (${retirements})`,
    inFolder('retirements.parquet'),
    { orderedBy },
  );
  const { checks } = await checkContract(inFolder('retirements.parquet'), verraRetirements);
  return checks.filter((check) => !check.passed).map(({ name, level }) => [name, level]);
}

const retired = aRawBlock({ 'retirement/cancellation_date': '2021-11-21' });

describe('raw_verra_data', () => {
  const nullable = rawVerraData.columns.filter((column) => column.nullable).map(({ name }) => name);

  it('has the 24 columns of the registry, in snake case', () => {
    expect(rawVerraData.columns.map(({ name, type, nullable }) => `${name} ${type}${nullable ? '?' : ''}`)).toEqual([
      'issuance_date string',
      'sustainable_development_goals string?',
      'credit_type string?',
      'vintage_start string',
      'vintage_end string?',
      'reporting_period_start string?',
      'reporting_period_end string?',
      'id string',
      'name string?',
      'region string?',
      'country string?',
      'project_type string?',
      'methodology string?',
      'total_vintage_quantity int?',
      'quantity_issued int',
      'serial_number string',
      'additional_certifications string?',
      'is_cancelled bool?',
      'retirement/cancellation_date string?',
      'retirement_beneficiary string?',
      'retirement_reason string?',
      'retirement_details string?',
      'input_type string?',
      'holding_id string?',
    ]);
  });

  it.each([
    { name: 'no row', blocks: [] },
    { name: 'one row', blocks: [aRawBlock()] },
    {
      name: 'nothing but what is required',
      blocks: [aRawBlock(Object.fromEntries(nullable.map((name) => [name, null])))],
    },
  ])('is kept by $name', async ({ blocks }) => {
    expect(await brokenByRaw(blocks)).toEqual([]);
  });

  it.each([
    { name: 'two blocks of one serial', blocks: [aRawBlock(), aRawBlock()], broken: [['key', 'warn']] },
    {
      name: 'a negative quantity',
      blocks: [aRawBlock({ quantity_issued: -1 })],
      broken: [['quantity is not negative', 'fail']],
    },
    { name: 'an empty id', blocks: [aRawBlock({ id: ' ' })], broken: [['id is not empty', 'fail']] },
    {
      name: 'a day of issuance that never was',
      blocks: [aRawBlock({ issuance_date: '2020-02-30' })],
      broken: [['issuance date is a day', 'fail']],
    },
    {
      name: 'a vintage of 1970',
      blocks: [aRawBlock({ vintage_start: '1970-12-31' })],
      broken: [['vintage is after 1970 and not after next year', 'fail']],
    },
    {
      name: 'a vintage far ahead',
      blocks: [aRawBlock({ vintage_start: '2999-01-01' })],
      broken: [['vintage is after 1970 and not after next year', 'fail']],
    },
    { name: 'a missing serial number', blocks: [aRawBlock({ serial_number: null })], broken: [['nulls', 'fail']] },
  ])('is broken by $name', async ({ blocks, broken }) => {
    expect(await brokenByRaw(blocks)).toEqual(broken);
  });
});

describe('verra_retirements', () => {
  it.each([
    { name: 'no row', blocks: [] },
    { name: 'one row', blocks: [retired] },
    { name: 'blocks that are not retired, since they are left out', blocks: [aRawBlock(), aRawBlock()] },
  ])('is kept by $name', async ({ blocks }) => {
    expect(await brokenByRetirements(blocks)).toEqual([]);
  });

  it.each([
    { name: 'two blocks of one serial', blocks: [retired, retired], broken: [['key', 'fail']] },
    { name: 'a block of Toucan', replace: 'true AS toucan', broken: [['no bridge took the credits', 'fail']] },
    { name: 'a block of C3', replace: 'true AS c3', broken: [['no bridge took the credits', 'fail']] },
    { name: 'a block of Moss', replace: 'true AS moss', broken: [['no bridge took the credits', 'fail']] },
    {
      name: 'a retirement without a date',
      replace: 'NULL::TIMESTAMP AS retirement_date',
      broken: [['retirement date is known', 'fail']],
    },
  ])('is broken by $name', async ({ blocks = [retired], replace, broken }) => {
    expect(await brokenByRetirements(blocks, replace)).toEqual(broken);
  });
});
