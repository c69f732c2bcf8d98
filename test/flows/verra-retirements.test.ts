import { describe, expect, it } from 'vitest';
import { sampleVerraRecords } from '../../samples/verra-blocks.ts';
import { openFlowWorld, outputOf, publicationOf } from './flow-world.ts';

const records = sampleVerraRecords().filter(({ issuanceDate }) => issuanceDate < '2024-04');

describe('the flow verra-retirements', () => {
  it('keeps the retired blocks that no bridge took, in the order of their source', async () => {
    await using flows = await openFlowWorld({ records });
    outputOf(await flows.run('raw-verra-data'));
    outputOf(await flows.run('verra-data'));

    const output = publicationOf(await flows.run('verra-retirements'));

    const expected = await flows.query(
      'verra_data_v2',
      "SELECT serial_number FROM latest WHERE retirement_date IS NOT NULL AND retirement_details NOT LIKE '%TOUCAN%' IS NOT FALSE AND retirement_details NOT LIKE '%C3T%' IS NOT FALSE",
    );
    expect(await flows.query('verra_retirements', 'SELECT serial_number FROM latest')).toEqual(expected);
    expect(output.rows).toBe(expected.length);
    expect(output.rows).toBeGreaterThan(50);
  });

  it('fails when there is no verra_data_v2, and says what to do', async () => {
    await using flows = await openFlowWorld({ records });

    const execution = await flows.run('verra-retirements');

    expect(execution).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(execution.cause).toContain(
      "'verra_data_v2' was never published to memory://; run the flow 'verra-data' first",
    );
  });
});
