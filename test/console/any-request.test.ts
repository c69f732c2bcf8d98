import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createApp } from '../../lib/console/app.ts';
import { operations } from '../../lib/console/operations.ts';
import { aService, create, passing, roleArn, start } from '../engine/service/a-service.ts';

const json = fc.constantFrom('{}', '[1]', 'null', '{"a":{"b":1}}', '{"__proto__":{}}', 'nonsense', '');
const name = fc.constantFrom('Pass', 'Work', 'one', 'two', '..', '__proto__', 'a b', 'é'.repeat(80));
const arn = fc
  .constantFrom(
    'stateMachine:Pass',
    'stateMachine:DataFlows-local-prices',
    'execution:Pass:one',
    'execution:Pass:..',
    'activity:Work',
    'mapRun:Pass/label:id',
    'express:Pass:one:id',
    'stateMachine:',
  )
  .map((rest) => `arn:aws:states:us-east-1:000000000000:${rest}`);
const definition = fc.constantFrom(
  passing,
  '{}',
  'nonsense',
  '{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"nobody"},"End":true}',
  '{"Type":"Choice","Choices":[],"Default":"Next"}',
  '{"StartAt":"A","States":{"A":{"Type":"Map","ItemProcessor":{},"End":true}}}',
);
const count = fc.constantFrom(0, 1, 5, 1_000);

/** What requests are made of: mostly what fits the member, sometimes any JSON, often nothing. */
const members: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  activityArn: arn,
  executionArn: arn,
  mapRunArn: arn,
  resourceArn: arn,
  stateMachineArn: arn,
  roleArn: fc.constant(roleArn),
  name,
  stateName: name,
  workerName: name,
  clientToken: name,
  taskToken: name,
  nextToken: name,
  definition,
  input: json,
  output: json,
  variables: json,
  context: json,
  error: name,
  cause: name,
  mock: fc.record({ result: json, fieldValidationMode: fc.constantFrom('NONE', 'STRICT') }, { requiredKeys: [] }),
  maxResults: count,
  maxConcurrency: count,
  toleratedFailureCount: count,
  publish: fc.boolean(),
  reverseOrder: fc.boolean(),
  includeExecutionData: fc.boolean(),
  type: fc.constantFrom('STANDARD', 'EXPRESS'),
  statusFilter: fc.constantFrom('RUNNING', 'SUCCEEDED'),
  redriveFilter: fc.constantFrom('REDRIVEN', 'NOT_REDRIVEN'),
  inspectionLevel: fc.constantFrom('INFO', 'DEBUG', 'TRACE'),
  includedData: fc.constantFrom('ALL_DATA', 'METADATA_ONLY'),
  tags: fc.array(fc.record({ key: name, value: name })),
  tagKeys: fc.array(name),
};

const anyBody = fc.record(
  Object.fromEntries(
    Object.entries(members).map(([member, fitting]) => {
      return [member, fc.oneof({ weight: 40, arbitrary: fitting }, { weight: 1, arbitrary: fc.jsonValue() })] as const;
    }),
  ),
  { requiredKeys: [] },
);

test('answers any request with success or a named refusal, and never as a bug', { timeout: 60_000 }, async () => {
  const { service, clock } = await aService();
  const bugs: unknown[] = [];
  const statuses = new Map<number, number>();
  const app = createApp({ service, onBug: (error) => bugs.push(error) });
  await service.createActivity({ name: 'Work', tags: [] });
  const names = Object.keys(operations).filter((name) => name !== 'GetActivityTask');

  const isAnswered = fc.asyncProperty(fc.constantFrom(...names), anyBody, async (name, body) => {
    await create(service, { name: 'Pass' }).catch(() => undefined); // it may be there with another definition
    await start(service, 'Pass', { name: 'one' }).catch(() => undefined); // it may have run before
    const answering = app(
      new Request('http://127.0.0.1/', {
        method: 'POST',
        headers: { 'x-amz-target': `AWSStepFunctions.${name}` },
        body: JSON.stringify(body),
      }),
    );
    await clock.advance(600_000);
    const response = await answering;
    const content = await response.json();

    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    expect(bugs).toEqual([]);
    expect([200, 400]).toContain(response.status);
    if (response.status === 400) expect(content).toEqual(expect.objectContaining({ __type: expect.any(String) }));
  });

  await fc.assert(isAnswered, { numRuns: 500 });
  // requests that are all refused would show nothing
  expect(statuses.get(200)).toBeGreaterThan(20);
});
