import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { Json } from '../../lib/json.ts';
import { defineTask } from '../../lib/task/define-task.ts';
import { lambdaHandler } from '../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';
import { taskPayload } from '../support/test-world.ts';

let folder: string;
let seen: TaskContext[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambda-handler-'));
  seen = [];
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('RESULTS_URL', pathToFileURL(folder).href);
  vi.stubEnv('DATA_FLOWS_ENVIRONMENT', 'dev');
  vi.stubEnv('DATA_FLOWS_FLOW', 'verra-data');
  vi.stubEnv('EVENT_BUS_NAME', 'bus');
  vi.stubEnv('CODE_VERSION', 'abc123');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const look = defineTask({ input: z.custom<Json>(), output: z.string() }, async (_, context) => {
  seen.push(context);
  return await context.settings.get('VERRA_API_URL');
});

// the only part of Lambda's context that is read
const context = { getRemainingTimeInMillis: () => 60_000 } as Context;

it('makes the world of a task from the variables of its Lambda, once', async () => {
  vi.stubEnv('VERRA_API_URL', 'http://sample');
  const handler = lambdaHandler(look);

  const answers = [await handler(taskPayload({}), context), await handler(taskPayload({}), context)];

  expect(answers).toEqual(['http://sample', 'http://sample']);
  expect(seen[0]).toMatchObject({ environment: 'dev', flowName: 'verra-data', codeVersion: 'abc123' });
  expect(seen[0]?.artifacts.url).toMatch(/^file:/);
  expect(seen[1]?.artifacts).toBe(seen[0]?.artifacts);
});

it('asks SSM for a setting that is no variable, and for every secret', async () => {
  const ssm = mockClient(SSMClient);
  ssm.on(GetParameterCommand, { Name: '/DataFlows/dev/verra-data/VERRA_API_URL' }).resolves({
    Parameter: { Value: 'http://from-ssm' },
  });
  ssm.on(GetParameterCommand, { Name: '/DataFlows/dev/verra-data/API_KEY' }).resolves({ Parameter: { Value: 'key' } });
  vi.stubEnv('API_KEY', 'not from here');
  const handler = lambdaHandler(look);

  expect(await handler(taskPayload({}), context)).toBe('http://from-ssm');
  expect(await seen[0]?.secrets.get('API_KEY')).toBe('key');
  ssm.restore();
});

it("takes the address of the stack's own warehouse from a variable, and asks SSM only where there is none", async () => {
  const ssm = mockClient(SSMClient);
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: 'postgres://from-ssm' } });
  vi.stubEnv('VERRA_API_URL', 'http://sample');
  const addresses: (string | undefined)[] = [];
  for (const variable of ['postgres://flows@own?auth=iam', '']) {
    vi.stubEnv('WAREHOUSE_URL', variable);
    await lambdaHandler(look)(taskPayload({}), context);
    addresses.push(await seen.at(-1)?.secrets.get('WAREHOUSE_URL'));
  }

  expect(addresses).toEqual(['postgres://flows@own?auth=iam', 'postgres://from-ssm']);
  ssm.restore();
});

it('says which variable is missing, and tries again on the next call', async () => {
  vi.stubEnv('VERRA_API_URL', 'http://sample');
  vi.stubEnv('EVENT_BUS_NAME', '');
  const handler = lambdaHandler(look);

  await expect(handler(taskPayload({}), context)).rejects.toThrow(
    "the variable EVENT_BUS_NAME is not set; the stack sets it on every task's Lambda",
  );
  vi.stubEnv('EVENT_BUS_NAME', 'bus');

  expect(await handler(taskPayload({}), context)).toBe('http://sample');
});
