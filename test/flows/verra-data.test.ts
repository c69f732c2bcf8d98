import { describe, expect, it } from 'vitest';
import { readManifest } from '../../lib/artifact/manifest.ts';
import type { Json } from '../../lib/json.ts';
import { sampleVerraRecords } from '../../samples/verra-blocks.ts';
import { openFlowWorld, outputOf, publicationOf } from './flow-world.ts';

// June has the blocks of countries that no table knows
const records = sampleVerraRecords().filter(({ issuanceDate }) => /^2024-0[56]/.test(issuanceDate));

describe('the flow verra-data', () => {
  it('builds from the latest raw data, and notes what it had to do without', async () => {
    await using flows = await openFlowWorld({ records });
    const raw = publicationOf(await flows.run('raw-verra-data'));

    const output = publicationOf(await flows.run('verra-data', {}, 'built'));

    const { inputs, notes } = await readManifest(flows.artifacts, 'verra_data_v2', output.version);
    expect(output).toMatchObject({ artifact: 'verra_data_v2', status: 'published', rows: raw.rows });
    expect(inputs).toEqual([{ name: 'raw_verra_data', version: raw.version, sha256: raw.sha256, rows: raw.rows }]);
    expect(notes).toEqual([
      'raw_eth_moss_bridged_offsets was never published: no block counts as bridged by Moss',
      expect.stringMatching(/^no country code is known for \d+ blocks of the country 'International'$/),
      expect.stringMatching(/^no country code is known for \d+ blocks without a country$/),
    ]);
    expect(await flows.warnings('built')).toEqual(notes);
  });

  it('counts credits on each bridge, and gives every country but the unknown its code', async () => {
    await using flows = await openFlowWorld({ records });
    outputOf(await flows.run('raw-verra-data'));
    outputOf(await flows.run('verra-data'));

    const bridges = await flows.query('verra_data_v2', 'SELECT DISTINCT bridge FROM latest ORDER BY bridge');
    const uncoded = await flows.query(
      'verra_data_v2',
      'SELECT DISTINCT country FROM latest WHERE country_code IS NULL ORDER BY country',
    );

    expect(bridges).toEqual([{ bridge: 'C3' }, { bridge: 'Toucan' }, { bridge: null }]);
    expect(uncoded).toEqual([{ country: 'International' }, { country: null }]);
  });

  it.each<{ name: string; input: Json; status: string }>([
    { name: 'as retired', input: {}, status: 'Retired' },
    { name: 'as available in compat mode', input: { compat: true }, status: 'Available' },
  ])('counts same-day retirements $name', async ({ input, status }) => {
    await using flows = await openFlowWorld({ records });
    outputOf(await flows.run('raw-verra-data'));
    outputOf(await flows.run('verra-data', input));

    const sameDay = 'SELECT DISTINCT status FROM latest WHERE days_to_retirement = 0';

    expect(await flows.query('verra_data_v2', sameDay)).toEqual([{ status }]);
  });

  it('builds from the very version it is given, also when there is a newer one', async () => {
    await using flows = await openFlowWorld({ records });
    const older = publicationOf(await flows.run('raw-verra-data', { toMonth: '2024-05' }));
    outputOf(await flows.run('raw-verra-data'));

    const output = outputOf(await flows.run('verra-data', { rawVerraDataVersion: older.version }));

    expect(output).toMatchObject({ rows: older.rows });
  });

  it.each<{ name: string; input: Json; cause: string }>([
    {
      name: 'there is no raw data',
      input: {},
      cause: "'raw_verra_data' was never published to memory://; run the flow 'raw-verra-data' first",
    },
    {
      name: 'the version it is given is not there',
      input: { rawVerraDataVersion: '20260101T000000Z-gone' },
      cause: "'raw_verra_data' has no version 20260101T000000Z-gone in memory://; run the flow 'raw-verra-data' first",
    },
  ])('fails when $name, and says what to do', async ({ input, cause }) => {
    await using flows = await openFlowWorld({ records });

    const execution = await flows.run('verra-data', input);

    expect(execution).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(execution.cause).toContain(cause);
  });
});
