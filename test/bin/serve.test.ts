import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sfn from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runFlow, startFlow } from './run-flow.ts';

// real processes on a machine that may be busy with other tests
const patience = { timeout: 60_000 };
let folder: string;
const children: ChildProcessWithoutNullStreams[] = [];
const clients: sfn.SFNClient[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flow-serve-'));
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

/** `flow serve` on a free port, and the AWS SDK against it. */
async function serve() {
  const child = startFlow(['serve', '--port', '0'], { folder });
  children.push(child);
  let stdout = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      const found = /on (http:\S+)\n[\s\S]*Ctrl-C stops/.exec(stdout)?.[1];
      if (found) resolve(found);
    });
    child.once('close', () => reject(new Error(`flow serve ended: ${stdout}`)));
  });
  const client = new sfn.SFNClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  clients.push(client);
  return { child, client, output: () => stdout };
}

const waitingLong = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3_600, End: true } } };

async function startWaiting(client: sfn.SFNClient): Promise<string | undefined> {
  const { stateMachineArn } = await client.send(
    new sfn.CreateStateMachineCommand({
      name: 'Waiting',
      roleArn: 'arn:aws:iam::000000000000:role/any',
      definition: JSON.stringify(waitingLong),
    }),
  );
  return (await client.send(new sfn.StartExecutionCommand({ stateMachineArn, name: 'long' }))).executionArn;
}

describe('flow serve', () => {
  it('runs a flow of the project for whoever calls its API', patience, async () => {
    const { client } = await serve();
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:DataFlows-local-verra-retirements';

    const { executionArn } = await client.send(new sfn.StartExecutionCommand({ stateMachineArn, name: 'by-api' }));
    const shown = await runFlow(['show', 'by-api', '--json'], { folder });

    expect(executionArn).toContain(':execution:DataFlows-local-verra-retirements:by-api');
    expect(JSON.parse(shown.stdout)).toMatchObject({ execution: 'by-api', flow: 'verra-retirements' });
  });

  it.each([
    { name: 'Ctrl-C', signal: 'SIGINT' as const },
    { name: 'SIGTERM, as from a service manager', signal: 'SIGTERM' as const },
  ])('stops cleanly on $name, and what ran can be redriven', patience, async ({ signal }) => {
    const { child, client, output } = await serve();
    await startWaiting(client);

    child.kill(signal);
    await once(child, 'close');

    expect(child.exitCode).toBe(0);
    expect(output()).toMatch(/\nstopping; executions that still run are aborted, and can be redriven\nstopped\n$/);
    const shown = await runFlow(['show', '@Waiting/long', '--json'], { folder });
    expect(JSON.parse(shown.stdout)).toMatchObject({ status: 'ABORTED', error: 'Interrupted' });
  });

  it('finds everything again after it was killed, and redrives what was cut off', patience, async () => {
    const first = await serve();
    const executionArn = await startWaiting(first.client);
    first.child.kill('SIGKILL');
    await once(first.child, 'close');

    const { client } = await serve();
    const lost = await client.send(new sfn.DescribeExecutionCommand({ executionArn }));
    await client.send(new sfn.RedriveExecutionCommand({ executionArn }));
    const redriven = await client.send(new sfn.DescribeExecutionCommand({ executionArn }));

    expect(lost).toMatchObject({ status: 'ABORTED', error: 'Engine.ProcessLost', redriveStatus: 'REDRIVABLE' });
    expect(redriven).toMatchObject({ status: 'RUNNING', redriveCount: 1 });
  });
});
