import { describe, expect, it } from 'vitest';
import { listVersions } from '../../lib/artifact/catalog.ts';
import { cleanUpReportSchema } from '../../lib/artifact/clean-up-old-artifacts.ts';
import type { Json } from '../../lib/json.ts';
import { sampleVerraRecords } from '../../samples/verra-blocks.ts';
import { openFlowWorld, outputOf } from './flow-world.ts';

const records = sampleVerraRecords().filter(({ issuanceDate }) => issuanceDate < '2024-04');
const oneDayMs = 86_400_000;

/** Three versions of raw_verra_data, a day apart, the first of them eleven days old when it is cleaned up. */
async function withThreeVersions() {
  const flows = await openFlowWorld({ records });
  for (const [name, toMonth] of Object.entries({ first: '2024-01', second: '2024-02', third: '2024-03' })) {
    outputOf(await flows.run('raw-verra-data', { toMonth }, name));
    await flows.clock.advance(oneDayMs);
  }
  await flows.clock.advance(8 * oneDayMs);
  return flows;
}

const kept = async (flows: Awaited<ReturnType<typeof withThreeVersions>>) =>
  (await listVersions(flows.artifacts, 'raw_verra_data')).map(({ manifest }) => manifest.execution);

describe('the flow clean-up-old-artifacts', () => {
  it('deletes old versions, but never the one that readers have nor the one before it', async () => {
    await using flows = await withThreeVersions();

    const output = outputOf(await flows.run('clean-up-old-artifacts'));

    expect(output).toMatchObject({
      dryRun: false,
      versions: [{ artifact: 'raw_verra_data', version: '20261120T141500Z-first', ageDays: 11 }],
      keptVersions: 2,
    });
    expect(await kept(flows)).toEqual(['third', 'second']);
  });

  it.each<{ name: string; input: Json; named: number }>([
    { name: 'in a dry run, which names them', input: { dryRun: true }, named: 1 },
    { name: 'before their retention is over', input: { retentionDays: 30 }, named: 0 },
  ])('deletes nothing $name', async ({ input, named }) => {
    await using flows = await withThreeVersions();

    const { versions } = cleanUpReportSchema.parse(outputOf(await flows.run('clean-up-old-artifacts', input)));

    expect(versions).toHaveLength(named);
    expect(await kept(flows)).toEqual(['third', 'second', 'first']);
  });
});
