import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rawVerraData } from '../../functions/carbon-markets/raw-verra-data.contract.ts';
import { publishArtifact } from '../../lib/artifact/publish.ts';
import type { ArtifactContract } from '../../lib/contract.ts';
import { selectColumns } from '../../lib/table/contract-schema.ts';
import { openSql } from '../../lib/table/sql.ts';
import { writeParquet } from '../../lib/table/write-parquet.ts';
import type { VerraRecord } from '../../samples/verra-blocks.ts';
import { root } from '../support/source-files.ts';
import { testContext } from '../support/test-world.ts';
import { type FlowWorld, openFlowWorld, outputOf } from './flow-world.ts';

const folder = resolve(root, '../shared/data/carbon-markets');
const file = (name: string) => join(folder, name);

/** The columns that the registry's web export does not have. */
const missing = [
  'credit_type',
  'region',
  'reporting_period_start',
  'reporting_period_end',
  'is_cancelled',
  'input_type',
  'holding_id',
];

/** SQL of a web export as `raw_verra_data`; its commas and empty fields are the export's, not the registry's. */
function webExport(name: string): string {
  const columns = rawVerraData.columns.map(({ name: column }) => {
    if (missing.includes(column)) return `NULL AS ${column}`;
    if (column.includes('quantity')) return `replace("${titleOf(column)}", ',', '') AS ${column}`;
    return `"${titleOf(column)}" AS "${column}"`;
  });
  return `SELECT ${columns.join(', ')} FROM read_csv('${file(name)}', all_varchar = true)`;
}

function titleOf(column: string): string {
  const titles: Record<string, string> = { id: 'ID', country: 'Country/Area' };
  return (
    titles[column] ??
    column.replaceAll(/(^|[_/])([a-z])/g, (_, gap, letter) => (gap === '_' ? ' ' : gap) + letter.toUpperCase())
  );
}

/** SQL of the export of the Moss sub-account as `raw_verra_data`; it knows no days of issuance, so one is made up. */
const mossExport = `
  SELECT * REPLACE (
    '2021-01-01' AS issuance_date,
    strftime(strptime(split_part("Vintage", '-', 1), '%d/%m/%Y'), '%Y-%m-%d') AS vintage_start,
    "Project ID" AS id,
    'Brazil' AS country,
    replace("Quantity of Credits", ',', '') AS quantity_issued,
    "Serial Number" AS serial_number)
  FROM (
    SELECT ${rawVerraData.columns.map(({ name }) => `NULL AS "${name}"`).join(', ')}, *
    FROM read_csv('${file('moss_mco2_verra_batches.csv')}', all_varchar = true))`;

const mossContract: ArtifactContract = {
  name: 'raw_eth_moss_bridged_offsets',
  description: 'the serial numbers of it, which is all that verra-data reads',
  columns: [{ name: 'serial_number', type: 'string', nullable: false }],
  rules: [],
};

/** Publishes a query's answer as if another flow had. */
async function publish({ artifacts }: FlowWorld, contract: ArtifactContract, query: string): Promise<void> {
  const workFolder = await mkdtemp(join(tmpdir(), 'golden-'));
  await using sql = await openSql({ workFolder });
  const dataFile = join(workFolder, 'data.parquet');
  await writeParquet(sql, selectColumns(contract.columns, `(${query})`), dataFile);
  await publishArtifact(testContext({ artifacts }), contract, { dataFile, inputs: [] });
  await rm(workFolder, { recursive: true });
}

/** The tables of the Verra family, made from an export and with the serials of Moss. */
async function buildFrom(query: string, input: { compat?: boolean } = {}): Promise<FlowWorld> {
  const flows = await openFlowWorld();
  await publish(flows, rawVerraData, query);
  await publish(flows, mossContract, `SELECT serial_number FROM (${mossExport})`);
  outputOf(await flows.run('verra-data', { ...input }));
  outputOf(await flows.run('verra-retirements'));
  return flows;
}

const figures = `
  SELECT count(*) AS rows, count(DISTINCT serial_number) AS serials, sum(quantity) AS quantity,
    count(*) FILTER (status = 'Retired') AS retired, sum(quantity) FILTER (status = 'Retired') AS retiredQuantity,
    max(days_to_retirement) AS longest, count(*) FILTER (retirement_beneficiary IS NULL) AS withoutBeneficiary,
    count(*) FILTER (retirement_details IS NULL) AS withoutDetails, count(*) FILTER (toucan OR c3 OR moss) AS bridged
  FROM latest`;

/** Sums of the quantity by a column, as one object. */
async function quantityBy(flows: FlowWorld, column: string): Promise<Record<string, unknown>> {
  const query = `SELECT ${column}::VARCHAR AS of, sum(quantity) AS quantity FROM latest GROUP BY ${column}`;
  return Object.fromEntries(
    (await flows.query('verra_data_v2', query)).map(({ of, quantity }) => [String(of), quantity]),
  );
}

describe.skipIf(!existsSync(folder))('golden numbers of the specification of carbon-markets, section 9', () => {
  const australia = {
    csv: 'verra_vcus_australia.csv',
    country: 'AUS',
    figures: {
      ...{ rows: 731, serials: 731, quantity: 704_252, retired: 731, retiredQuantity: 704_252 },
      ...{ longest: 3982, withoutBeneficiary: 576, withoutDetails: 400, bridged: 0 },
    },
    vintages: { 2009: 10_018, 2010: 239_095, 2011: 221_350, 2012: 233_674, 2021: 115 },
    projects: { 'VCS-641': 393_697, 'VCS-587': 216_345, 'VCS-1285': 73_711, 'VCS-605': 20_384, 'VCS-2348': 115 },
    sameDay: [
      {
        serial_number: '1301-56339887-56339887-VCU-006-MER-AU-14-587-01032010-28022011-0',
        quantity: 1,
        retirement_date: '2011-05-05T00:00:00.000Z',
      },
      {
        serial_number: '1301-56339888-56347887-VCU-006-MER-AU-14-587-01032010-28022011-0',
        quantity: 8_000,
        retirement_date: '2011-05-05T00:00:00.000Z',
      },
    ],
  };
  const singapore = {
    csv: 'verra_vcus_singapore.csv',
    country: 'SGP',
    figures: {
      ...{ rows: 92, serials: 92, quantity: 272_119, retired: 92, retiredQuantity: 272_119 },
      ...{ longest: 2229, withoutBeneficiary: 46, withoutDetails: 46, bridged: 0 },
    },
    vintages: {
      ...{ 2012: 525, 2013: 4_213, 2014: 61_052, 2015: 4_343, 2016: 3_248 },
      ...{ 2017: 50_623, 2018: 68_728, 2019: 1_292, 2020: 70_665, 2021: 7_430 },
    },
    projects: { 'VCS-1736': 233_492, 'VCS-1712': 21_937, 'VCS-1084': 8_734, 'VCS-940': 7_956 },
    sameDay: [],
  };
  const fewerRetired = { ...australia.figures, retired: 729, retiredQuantity: 696_251 };

  it.each([
    { name: 'Australia', input: {}, expected: australia },
    {
      name: "Australia by the original's rule",
      input: { compat: true },
      expected: { ...australia, figures: fewerRetired },
    },
    { name: 'Singapore', input: {}, expected: singapore },
    { name: "Singapore by the original's rule", input: { compat: true }, expected: singapore },
  ])('hold for $name', async ({ input, expected }) => {
    await using flows = await buildFrom(webExport(expected.csv), input);
    const { retired: rows, retiredQuantity: quantity } = expected.figures;
    const sameDay = 'SELECT serial_number, quantity, retirement_date FROM latest WHERE days_to_retirement = 0';

    expect(await flows.query('verra_data_v2', figures)).toEqual([expected.figures]);
    expect(await flows.query('verra_retirements', figures)).toMatchObject([{ rows, quantity }]);
    expect(await quantityBy(flows, 'vintage')).toEqual(expected.vintages);
    expect(await quantityBy(flows, 'project_id')).toEqual(expected.projects);
    expect(Object.keys(await quantityBy(flows, 'country_code'))).toEqual([expected.country]);
    expect(await flows.query('verra_data_v2', sameDay)).toEqual(expected.sameDay);
  });

  it('hold for the blocks of Moss, all of which are known by their serials', async () => {
    await using flows = await buildFrom(mossExport);

    expect(await flows.query('verra_data_v2', figures)).toMatchObject([
      { rows: 161, serials: 161, quantity: 3_041_044, bridged: 161 },
    ]);
    expect(await quantityBy(flows, 'bridge')).toEqual({ Moss: 3_041_044 });
    expect(await quantityBy(flows, 'vintage')).toEqual({
      ...{ 2012: 116_667, 2013: 1_391_681, 2014: 583_464, 2015: 252_956 },
      ...{ 2016: 318_736, 2017: 128_834, 2018: 104_787, 2019: 143_919 },
    });
    expect(await quantityBy(flows, 'project_id')).toEqual({
      ...{ 'VCS-1654': 998_833, 'VCS-1686': 728_821, 'VCS-844': 578_936, 'VCS-875': 566_667 },
      ...{ 'VCS-1147': 140_000, 'VCS-332': 17_787, 'VCS-1811': 10_000 },
    });
    const yearInSerial = "right(split_part(serial_number, '-', -3), 4)";
    expect(await flows.query('verra_data_v2', `FROM latest WHERE ${yearInSerial} <> vintage::VARCHAR`)).toEqual([]);
    expect(await flows.query('verra_retirements', 'SELECT count(*) AS rows FROM latest')).toEqual([{ rows: 0 }]);
  });

  it("hold for the registry's own answer, through all three flows", async () => {
    const answer: { value: VerraRecord[] } = JSON.parse(readFileSync(file('verra_asset_search_response.json'), 'utf8'));
    await using flows = await openFlowWorld({ records: answer.value });

    outputOf(await flows.run('build-verra'));

    const blocks = await flows.query('verra_retirements', 'FROM latest');
    expect(blocks.map(({ quantity }) => quantity)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 9, 1, 5]);
    expect(blocks.map(({ retirement_date }) => String(retirement_date).slice(0, 10)).sort()).toEqual(
      answer.value.map(({ retireOrCancelDate }) => retireOrCancelDate).sort(),
    );
    expect([blocks[0]?.retirement_date, blocks[10]?.retirement_date]).toEqual([
      '2021-11-21T00:00:00.000Z',
      '2023-06-14T00:00:00.000Z',
    ]);
    const facts = { status: 'Retired', project_id: 'VCS-1360', country: 'Peru', country_code: 'PER', vintage: 2013 };
    for (const block of blocks) expect(block).toMatchObject({ ...facts, region: 'Latin America', bridge: null });
  });
});
