import { expect, it } from 'vitest';
import { samplePlatform } from '../../samples/demokratis-documents.ts';
import { openFlowWorld } from './flow-world.ts';

it('preprocessing that fails says so once, and a redrive finishes it without doing again what was done', async () => {
  let isBroken = true;
  const faultAt = (endpoint: string) => (isBroken && endpoint === 'stored-files' ? 500 : undefined);
  const platform = samplePlatform({ consultations: 1, hasTroubles: false });
  await using world = await openFlowWorld({}, undefined, { demokratis: { platform, faultAt } });
  const failed = await world.run('preprocess-consultation-documents', {}, 'monday');
  const before = await world.history('monday');
  isBroken = false;

  const redriven = await world.redrive('monday');

  const after = (await world.history('monday')).slice(before.length);
  const done = after.filter(({ type }) => type.endsWith('StateExited')).map(({ details }) => details.name);
  const reports = world.emitted.filter(({ detailType }) => detailType === 'Run Reported');
  const lines = await Array.fromAsync(world.executions.logs('monday'));
  const error = 'SourceUnavailableError';
  expect([failed, redriven]).toMatchObject([{ status: 'FAILED', error }, { status: 'SUCCEEDED' }]);
  expect(reports.map(({ detail }) => detail)).toMatchObject([
    { execution: 'monday', status: 'FAILED', error: { name: error } },
    { execution: 'monday', status: 'SUCCEEDED', error: null },
  ]);
  expect(lines.filter(({ state }) => state === 'ReportFailure')).toMatchObject([{ message: 'task succeeded' }]);
  expect(done).toEqual([
    'FetchStoredFiles',
    'NormaliseDocuments',
    'PlanExtraction',
    'ExtractBatches',
    'PublishTexts',
    'AssembleDocuments',
    'PublishDocuments',
    'DescribeRun',
    'ReportRun',
  ]);
});
