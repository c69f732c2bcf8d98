import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createApp } from '../../lib/console/app.ts';
import { operations } from '../../lib/console/operations.ts';
import { aService, create, passing, roleArn, start } from '../engine/service/a-service.ts';

const arnOf = (rest: string) => `arn:aws:states:us-east-1:000000000000:${rest}`;

/** Values that get far: what exists, what nearly does, and texts that are JSON. */
const telling = fc.constantFrom(
  arnOf('stateMachine:Pass'),
  arnOf('stateMachine:DataFlows-local-prices'),
  arnOf('execution:Pass:one'),
  arnOf('activity:Work'),
  arnOf('mapRun:Pass/label:id'),
  arnOf('express:Pass:one:id'),
  'arn:aws:states',
  '..',
  'Pass',
  'one',
  roleArn,
  passing,
  '{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true}',
  '{}',
  '[]',
  'null',
  'toString',
  '__proto__',
  'STANDARD',
  'EXPRESS',
  'DEBUG',
  1,
  0,
  -1,
  true,
);

const members = [
  ...['activityArn', 'cause', 'clientToken', 'context', 'definition', 'error', 'executionArn', 'includedData'],
  ...['includeExecutionData', 'input', 'inspectionLevel', 'mapRunArn', 'maxConcurrency', 'maxResults', 'mock', 'name'],
  ...['nextToken', 'output', 'publish', 'redriveFilter', 'resourceArn', 'reverseOrder', 'roleArn', 'stateMachineArn'],
  ...['stateName', 'statusFilter', 'tagKeys', 'tags', 'taskToken', 'toleratedFailureCount', 'type', 'variables'],
];

const anyBody = fc.dictionary(
  fc.constantFrom(...members),
  fc.oneof({ weight: 6, arbitrary: telling }, fc.jsonValue()),
  {
    maxKeys: 12,
  },
);

test('answers any request with success or a named refusal, and never as a bug', { timeout: 60_000 }, async () => {
  const { service, clock } = await aService();
  const bugs: unknown[] = [];
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

    expect(bugs).toEqual([]);
    expect([200, 400]).toContain(response.status);
    if (response.status === 400) expect(content).toEqual(expect.objectContaining({ __type: expect.any(String) }));
  });

  await fc.assert(isAnswered, { numRuns: 500 });
});
