import { describe, expect, it } from 'vitest';
import { readManifest } from '../../lib/artifact/manifest.ts';
import type { Json } from '../../lib/json.ts';
import { sampleVerraRecords, type VerraRecord } from '../../samples/verra-blocks.ts';
import { openFlowWorld, outputOf, publicationOf } from './flow-world.ts';

const records = sampleVerraRecords();
const quarter = records.filter(({ issuanceDate }) => issuanceDate < '2024-04');
const good = quarter.filter(({ quantity }) => typeof quantity === 'number');

const serials = (some: readonly VerraRecord[]) => some.map(({ serialNumbers }) => serialNumbers);

describe('the flow raw-verra-data', () => {
  it('publishes every block of the registry, months in order, through throttling, failures and cut answers', async () => {
    await using flows = await openFlowWorld({ maxRecords: 100 });

    const output = outputOf(await flows.run('raw-verra-data', {}, 'all'));

    const published = records.filter(
      ({ quantity, resourceIdentifier, retireOrCancelDate }) =>
        typeof quantity === 'number' && resourceIdentifier !== null && retireOrCancelDate !== '2025-02-30',
    );
    expect(output).toMatchObject({ artifact: 'raw_verra_data', status: 'published', rows: records.length - 3 });
    expect((await flows.query('raw_verra_data', 'SELECT serial_number AS s FROM latest')).map((row) => row.s)).toEqual(
      serials(published),
    );
  });

  it('keeps malformed records with the reasons and says so in the manifest', async () => {
    await using flows = await openFlowWorld({ records: quarter });

    const execution = await flows.run('raw-verra-data', {}, 'quarter');

    const version = '20261120T141500Z-quarter';
    const kept = `rejected/raw_verra_data/${version}/records.jsonl`;
    const notes = [
      'the registry has fields that raw_verra_data has no column for: externalSerialNumber',
      `1 of ${quarter.length} records of the registry are malformed and left out; ${kept} holds them with the reasons`,
    ];
    expect(outputOf(execution)).toMatchObject({ version, rows: good.length });
    expect(await readManifest(flows.artifacts, 'raw_verra_data', version)).toMatchObject({
      notes,
      sourceWindow: { fromMonth: '2024-01', toMonth: '2024-03' },
    });
    expect(await flows.warnings('quarter')).toEqual(expect.arrayContaining(notes));
    expect(JSON.parse(Buffer.from((await flows.artifacts.read(kept)).bytes).toString())).toMatchObject({
      reasons: ['quantity is "5,880": Invalid input: expected number, received string'],
    });
  });

  it('publishes nothing when more than one record in a hundred is malformed', async () => {
    const spoiled = good.map((record, index) => (index % 50 === 0 ? { ...record, quantity: null } : record));
    await using flows = await openFlowWorld({ records: spoiled });

    const execution = await flows.run('raw-verra-data', {}, 'spoiled');

    expect(execution).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(execution.cause).toContain('at most 1 % are tolerated');
    expect(await flows.artifacts.head('artifacts/raw_verra_data/latest.json')).toBeUndefined();
    expect(flows.emitted).toEqual([]);
  });

  it('asks again half a minute later when the registry stays away for a while', async () => {
    // as many as one attempt of the task makes requests
    const faultAt = (requestCount: number) => (requestCount <= 4 ? 500 : undefined);
    await using flows = await openFlowWorld({ records: good.slice(0, 10), faultAt });

    const execution = await flows.run('raw-verra-data');

    expect(outputOf(execution)).toMatchObject({ rows: 10 });
    // 30 s with full jitter, at the middle of which the test's chance lies
    expect(flows.clock.slept).toContain(15_000);
  });

  it('fetches only what is missing when a failed execution is redriven', async () => {
    let requests = 0;
    let isAway = true;
    const faultAt = () => {
      requests += 1;
      return isAway && requests > 1 ? 500 : undefined;
    };
    await using flows = await openFlowWorld({ records: good, faultAt });
    const failed = await flows.run('raw-verra-data', {}, 'interrupted');
    requests = 0;
    isAway = false;

    const redriven = await flows.redrive('interrupted');

    expect(failed).toMatchObject({ status: 'FAILED', error: 'SourceUnavailableError' });
    expect(publicationOf(redriven)).toMatchObject({ status: 'published', rows: good.length });
    expect(requests).toBe(2);
  });

  it('gives up on a registry that stays away, and publishes nothing', async () => {
    await using flows = await openFlowWorld({ records: good.slice(0, 10), faultAt: () => 500 });

    expect(await flows.run('raw-verra-data')).toMatchObject({ status: 'FAILED', error: 'SourceUnavailableError' });
    expect(flows.emitted).toEqual([]);
  });

  it('fetches only the months it is asked for', async () => {
    await using flows = await openFlowWorld({ records: good });

    outputOf(await flows.run('raw-verra-data', { fromMonth: '2024-02', toMonth: '2024-02' }));

    expect(await flows.query('raw_verra_data', 'SELECT DISTINCT issuance_date[:7] AS month FROM latest')).toEqual([
      { month: '2024-02' },
    ]);
  });

  it('publishes nothing new when the registry has not changed, and says so', async () => {
    await using flows = await openFlowWorld({ records: good });

    const first = publicationOf(await flows.run('raw-verra-data'));
    const second = publicationOf(await flows.run('raw-verra-data'));

    expect(second).toEqual({ ...first, status: 'unchanged' });
    expect(flows.emitted).toHaveLength(1);
  });

  it('refuses to lose more than one block in a hundred, unless that is accepted once', async () => {
    await using flows = await openFlowWorld({ records: good });
    const first = publicationOf(await flows.run('raw-verra-data', {}, 'first'));

    const shrunk = await flows.run('raw-verra-data', { fromMonth: '2024-02' }, 'shrunk');
    const accept = { artifact: 'raw_verra_data', version: first.version };
    const accepted = await flows.run('raw-verra-data', { fromMonth: '2024-02', accept }, 'accepted');

    expect(shrunk).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(outputOf(accepted)).toMatchObject({ status: 'published' });
  });

  it('publishes the records that come with the code in a dry run, and never over the real ones', async () => {
    await using flows = await openFlowWorld({ records: good });

    const dry = await flows.run('raw-verra-data', { dryRun: true });
    const real = await flows.run('raw-verra-data');
    const dryAgain = await flows.run('raw-verra-data', { dryRun: true });

    expect(outputOf(dry)).toMatchObject({ status: 'published', rows: 10 });
    expect(outputOf(real)).toMatchObject({ status: 'published', rows: good.length });
    expect(dryAgain).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
  });

  it.each<{ name: string; some: VerraRecord[]; input: Json }>([
    { name: 'a registry that is empty', some: [], input: { fromMonth: '2024-01', toMonth: '2024-02' } },
    { name: 'a single block', some: good.slice(0, 1), input: {} },
  ])('publishes $name', async ({ some, input }) => {
    await using flows = await openFlowWorld({ records: some });

    expect(outputOf(await flows.run('raw-verra-data', input))).toMatchObject({ rows: some.length });
  });
});
