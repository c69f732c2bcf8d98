import { describe, expect, it } from 'vitest';
import { readManifest } from '../../lib/artifact/manifest.ts';
import { sampleVerraRecords } from '../../samples/verra-blocks.ts';
import { openFlowWorld, publicationsOf } from './flow-world.ts';

const names = ['raw_verra_data', 'verra_data_v2', 'verra_retirements'];

describe('the flow build-verra', () => {
  it('publishes the three tables, each from the very version before it', async () => {
    await using flows = await openFlowWorld();

    const artifacts = publicationsOf(await flows.run('build-verra'));

    expect(artifacts).toMatchObject(names.map((artifact) => ({ artifact, status: 'published' })));
    const manifests = await Promise.all(
      artifacts.map(({ artifact, version }) => readManifest(flows.artifacts, artifact, version)),
    );
    const [rawVersion, dataVersion] = artifacts.map(({ version }) => version);
    expect(manifests.map(({ inputs }) => inputs.map(({ version }) => version))).toEqual([
      [],
      [rawVersion],
      [dataVersion],
    ]);
    expect(flows.emitted.map(({ source, detail }) => [source, detail.artifact])).toEqual([
      ['data-flows.raw-verra-data', 'raw_verra_data'],
      ['data-flows.verra-data', 'verra_data_v2'],
      ['data-flows.verra-retirements', 'verra_retirements'],
    ]);
  });

  it('publishes nothing new the second time, and says so', async () => {
    const records = sampleVerraRecords().filter(({ issuanceDate }) => issuanceDate < '2024-02');
    await using flows = await openFlowWorld({ records });
    const first = publicationsOf(await flows.run('build-verra'));

    const second = publicationsOf(await flows.run('build-verra'));

    expect(second).toEqual(first.map((artifact) => ({ ...artifact, status: 'unchanged' })));
    expect(flows.emitted).toHaveLength(3);
  });

  it('hands its input on: months, dry run, compat and an override', async () => {
    await using flows = await openFlowWorld();
    const [real] = publicationsOf(await flows.run('build-verra', { toMonth: '2024-01' }));

    const accept = { artifact: 'raw_verra_data', version: real?.version ?? '' };
    const shrunk = await flows.run('build-verra', { dryRun: true, compat: true, accept });

    // the override is for the raw data only, so the next table still refuses to shrink
    expect(shrunk).toMatchObject({ status: 'FAILED' });
    expect(await flows.query('raw_verra_data', 'SELECT count(*) AS rows FROM latest')).toEqual([{ rows: 10 }]);
  });

  it('builds all three from the records that come with the code in a dry run', async () => {
    await using flows = await openFlowWorld({ records: [] });

    const artifacts = publicationsOf(await flows.run('build-verra', { dryRun: true, compat: true }));

    expect(artifacts.map(({ rows }) => rows > 0)).toEqual([true, true, true]);
  });

  it('stops at the first flow that fails', async () => {
    const records = sampleVerraRecords()
      .slice(0, 30)
      .map((record) => ({ ...record, serialNumbers: null }));
    await using flows = await openFlowWorld({ records });

    const execution = await flows.run('build-verra');

    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(flows.emitted).toEqual([]);
  });
});
