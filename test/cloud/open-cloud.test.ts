import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openCloud } from '../../lib/cloud/open-cloud.ts';
import { environmentNamed } from '../../lib/environment.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { hasMoto, startMoto } from '../support/moto.ts';
import { verraData } from './a-cloud.ts';

// over the wire, against a Step Functions that others wrote
describe.skipIf(!hasMoto())('an environment behind AWS_ENDPOINT_URL', () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;

  beforeAll(async () => {
    moto = await startMoto();
    vi.stubEnv('AWS_ENDPOINT_URL', moto.url);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    const settings = { stepfunctions: { execute_state_machine: true } };
    await fetch(`${moto.url}/moto-api/config`, { method: 'POST', body: JSON.stringify(settings) });
    const definition = { StartAt: 'Done', States: { Done: { Type: 'Pass', Result: { rows: 3 }, End: true } } };
    await new SFNClient({ region: 'us-east-1' }).send(
      new CreateStateMachineCommand({
        name: 'DataFlows-dev-verra-data',
        roleArn: 'arn:aws:iam::123456789012:role/flow',
        definition: JSON.stringify(definition),
      }),
    );
  }, 30_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await moto[Symbol.asyncDispose]();
  });

  it('starts an execution, follows it to its end and finds it again', async () => {
    const { executions, storeUrl } = await openCloud(
      environmentNamed('dev'),
      [verraData],
      fakeClock({ autoAdvance: true }),
    );

    const started = await executions.start(verraData, { month: '2024-01' }, { executionName: 'first' });
    const events = await Array.fromAsync(executions.history('first', { follow: true }));
    const listed = await Array.fromAsync(executions.list());

    expect(storeUrl).toBe('s3://dataflows-dev-123456789012-us-east-1');
    expect(started).toMatchObject({ name: 'first', flowName: 'verra-data', input: { month: '2024-01' } });
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect(listed).toMatchObject([{ name: 'first', status: 'SUCCEEDED', output: { rows: 3 } }]);
  });
});
