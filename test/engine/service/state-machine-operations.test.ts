import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { StateMachineService } from '../../../lib/execution/service/state-machine-service.ts';
import { aService, create, ended, passing, roleArn, start, waiting } from './a-service.ts';

const arnOf = (name: string) => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;
const openedAt = new Date('2026-01-01T00:00:00.000Z');

function describeMachine(service: StateMachineService, name: string) {
  return service.describeStateMachine({ stateMachineArn: arnOf(name), includedData: 'ALL_DATA' });
}

function update(service: StateMachineService, name: string, changes: { definition?: string; roleArn?: string }) {
  return service.updateStateMachine({ stateMachineArn: arnOf(name), publish: false, ...changes });
}

describe('createStateMachine', () => {
  test('answers a second time as the first when nothing but role and tags differs', async () => {
    const { service, clock } = await aService();

    const first = await create(service, { name: 'Pass' });
    await clock.advance(1_000);
    const second = await create(service, { name: 'Pass', roleArn: `${roleArn}-2`, tags: [{ key: 'a', value: 'b' }] });

    expect(second).toEqual(first);
    expect(first).toEqual({ stateMachineArn: arnOf('Pass'), creationDate: openedAt });
  });

  test.each([
    {
      name: 'another definition under the same name',
      request: { definition: waiting },
      exception: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${arnOf('Pass')}'`,
    },
    {
      name: 'another type under the same name',
      request: { type: 'EXPRESS' as const },
      exception: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${arnOf('Pass')}'`,
    },
    {
      name: 'the name of a flow',
      request: { name: 'DataFlows-local-prices' },
      exception: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${arnOf('DataFlows-local-prices')}'`,
    },
    { name: 'a name with a space', request: { name: 'a b' }, exception: 'InvalidName', message: "Invalid Name: 'a b'" },
    {
      name: 'a definition without a start',
      request: { name: 'Other', definition: '{"States":{}}' },
      exception: 'InvalidDefinition',
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt] at /'",
    },
    {
      name: 'a version',
      request: { name: 'Other', publish: true },
      exception: 'ValidationException',
      message: 'versions of state machines are not kept here; leave out publish, or set it to false',
    },
  ])('refuses $name', async ({ request, exception, message }) => {
    const { service } = await aService();
    await create(service, { name: 'Pass' });

    const refused = create(service, { name: 'Pass', ...request });

    await expect(refused).rejects.toMatchObject({ exceptionName: exception, message });
  });

  test('lets one of two different machines have the name when both come at once', async () => {
    const { service } = await aService();

    const both = await Promise.allSettled([
      create(service, { name: 'Pass' }),
      create(service, { name: 'Pass', definition: waiting }),
    ]);

    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((await describeMachine(service, 'Pass')).definition).toBe(passing);
  });
});

describe('describeStateMachine', () => {
  test('tells everything that the service tells', async () => {
    const { service } = await aService();
    const definition = JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: 'Read',
      States: { Read: { Type: 'Pass', Output: '{% $price %}', End: true } },
    });
    await create(service, { name: 'Reading', definition, tracingConfiguration: { enabled: true } });

    const described = await describeMachine(service, 'Reading');

    expect(described).toEqual({
      stateMachineArn: arnOf('Reading'),
      name: 'Reading',
      status: 'ACTIVE',
      definition,
      roleArn,
      type: 'STANDARD',
      creationDate: openedAt,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: true },
      variableReferences: { Read: ['price'] },
    });
  });

  test('leaves the definition out when only metadata is asked for', async () => {
    const { service } = await aService();
    await create(service, { name: 'Pass' });

    const described = await service.describeStateMachine({
      stateMachineArn: arnOf('Pass'),
      includedData: 'METADATA_ONLY',
    });

    expect(described).not.toHaveProperty('definition');
    expect(described.name).toBe('Pass');
  });

  test('shows a flow of the project with the ARNs of its tasks filled in', async () => {
    const { service } = await aService();

    const { definition } = await describeMachine(service, 'DataFlows-local-prices');

    expect(definition).toContain('arn:aws:lambda:us-east-1:000000000000:function:DataFlows-local-prices-Fetch');
  });

  test.each([
    { name: 'no ARN', arn: 'Pass', exception: 'InvalidArn', message: "Invalid Arn: 'Invalid ARN prefix: Pass'" },
    {
      name: 'the ARN of an execution',
      arn: 'arn:aws:states:us-east-1:000000000000:execution:Pass:one',
      exception: 'InvalidArn',
      message: "Invalid Arn: 'Resource type not valid in this context: execution'",
    },
    {
      name: 'a machine that is not there',
      arn: arnOf('Nope'),
      exception: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${arnOf('Nope')}'`,
    },
    {
      name: 'a version of a machine',
      arn: `${arnOf('Pass')}:1`,
      exception: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${arnOf('Pass')}:1'`,
    },
    {
      name: 'a machine of another account',
      arn: 'arn:aws:states:us-east-1:111111111111:stateMachine:Pass',
      exception: 'StateMachineDoesNotExist',
      message: "State Machine Does Not Exist: 'arn:aws:states:us-east-1:111111111111:stateMachine:Pass'",
    },
  ])('refuses $name', async ({ arn, exception, message }) => {
    const { service } = await aService();
    await create(service, { name: 'Pass' });

    const refused = service.describeStateMachine({ stateMachineArn: arn, includedData: 'ALL_DATA' });

    await expect(refused).rejects.toMatchObject({ exceptionName: exception, message });
  });
});

describe('updateStateMachine', () => {
  test('changes what later executions run, and leaves the running ones alone', async () => {
    const { service, clock } = await aService();
    await create(service, { name: 'Wait', definition: waiting });
    const { executionArn } = await start(service, 'Wait');
    await clock.advance(1_000);

    const { updateDate, revisionId } = await update(service, 'Wait', { definition: passing });

    expect(updateDate).toEqual(new Date('2026-01-01T00:00:01.000Z'));
    expect(await describeMachine(service, 'Wait')).toMatchObject({ definition: passing, revisionId, roleArn });
    const running = await service.describeStateMachineForExecution({ executionArn, includedData: 'ALL_DATA' });
    expect(running).toMatchObject({ definition: waiting, name: 'Wait', updateDate: openedAt });
    expect(running).not.toHaveProperty('revisionId');
  });

  test.each([
    { name: 'nothing to change', machine: 'Pass', changes: {}, exception: 'MissingRequiredParameter' },
    {
      name: 'a definition that is none',
      machine: 'Pass',
      changes: { definition: '[]' },
      exception: 'InvalidDefinition',
    },
    {
      name: 'a machine that is not there',
      machine: 'Nope',
      changes: { roleArn },
      exception: 'StateMachineDoesNotExist',
    },
    {
      name: 'the machine of a flow',
      machine: 'DataFlows-local-prices',
      changes: { roleArn },
      exception: 'ValidationException',
    },
  ])('refuses $name', async ({ machine, changes, exception }) => {
    const { service } = await aService();
    await create(service, { name: 'Pass' });

    await expect(update(service, machine, changes)).rejects.toMatchObject({ exceptionName: exception });
  });
});

describe('deleteStateMachine', () => {
  test('ends and forgets the executions, so that a new machine of the name starts afresh', async () => {
    const { service, executions } = await aService();
    await create(service, { name: 'Wait', definition: waiting });
    const { executionArn } = await start(service, 'Wait', { name: 'one' });

    await service.deleteStateMachine({ stateMachineArn: arnOf('Wait') });

    await expect(describeMachine(service, 'Wait')).rejects.toMatchObject({ exceptionName: 'StateMachineDoesNotExist' });
    expect(await executions.find(executionArn)).toBeUndefined();
    await create(service, { name: 'Wait', definition: waiting });
    const { executions: listed } = await service.listExecutions({ stateMachineArn: arnOf('Wait'), maxResults: 0 });
    expect(listed).toEqual([]);
  });

  test('does nothing for a machine that is not there', async () => {
    const { service } = await aService();

    await expect(service.deleteStateMachine({ stateMachineArn: arnOf('Nope') })).resolves.toBeUndefined();
  });

  test('leaves the machines of flows to the project', async () => {
    const { service } = await aService();

    const refused = service.deleteStateMachine({ stateMachineArn: arnOf('DataFlows-local-prices') });

    await expect(refused).rejects.toThrow("is the flow 'prices' of this project; change its files in state-machines/");
  });
});

describe('listStateMachines', () => {
  test('gives flows and made machines by name, page by page', async () => {
    const { service } = await aService();
    for (const name of ['Zebra', 'Ant']) await create(service, { name });

    const first = await service.listStateMachines({ maxResults: 2 });
    const second = await service.listStateMachines({ maxResults: 2, nextToken: first.nextToken });

    expect(first.stateMachines.map(({ name }) => name)).toEqual(['Ant', 'DataFlows-local-prices']);
    expect(second).toEqual({
      stateMachines: [{ stateMachineArn: arnOf('Zebra'), name: 'Zebra', type: 'STANDARD', creationDate: openedAt }],
    });
  });

  test('shows all of them to whoever deletes what each page shows', async () => {
    const { service } = await aService({ flows: [] });
    for (const name of ['A', 'B', 'C', 'D']) await create(service, { name });
    const seen: string[] = [];

    let nextToken: string | undefined;
    do {
      const page = await service.listStateMachines({ maxResults: 2, nextToken });
      for (const { name, stateMachineArn } of page.stateMachines) {
        seen.push(name);
        await service.deleteStateMachine({ stateMachineArn });
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);

    expect(seen).toEqual(['A', 'B', 'C', 'D']);
  });

  test('refuses a token of another list', async () => {
    const { service } = await aService();

    const refused = service.listStateMachines({ maxResults: 2, nextToken: 'bm90aGluZw' });

    await expect(refused).rejects.toMatchObject({
      exceptionName: 'InvalidToken',
      message: "Invalid Token: 'Invalid token'",
    });
  });
});

describe('validateStateMachineDefinition', () => {
  const validate = async (definition: string, options: { maxResults?: number } = {}) => {
    const { service } = await aService();
    return service.validateStateMachineDefinition({
      definition,
      type: 'STANDARD',
      severity: 'ERROR',
      maxResults: 0,
      ...options,
    });
  };

  test('accepts what can be run', async () => {
    expect(await validate(passing)).toEqual({ result: 'OK', diagnostics: [], truncated: false });
  });

  test('lists what is wrong, in the words of the service', async () => {
    expect(await validate('{"States":{}}')).toEqual({
      result: 'FAIL',
      diagnostics: [
        {
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          message: 'These fields are required: [StartAt]',
          location: '/',
        },
      ],
      truncated: false,
    });
  });

  test('cuts the list off where asked to', async () => {
    const definition = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Nope' }, B: { Type: 'Nope' } } });

    const { result, diagnostics, truncated } = await validate(definition, { maxResults: 1 });

    expect({ result, count: diagnostics.length, truncated }).toEqual({ result: 'FAIL', count: 1, truncated: true });
  });
});

describe('what is kept in a folder', () => {
  const folders: string[] = [];

  afterEach(async () => {
    await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
  });

  test('is there again in the next process: machines, tags, activities and executions', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'service-'));
    folders.push(folder);
    const made = await aService({ folder });
    const { service } = made;
    await create(service, { name: 'Pass', tags: [{ key: 'team', value: 'data' }] });
    const { activityArn } = await service.createActivity({ name: 'Work', tags: [] });
    await service.updateStateMachine({ stateMachineArn: arnOf('Pass'), publish: false, roleArn: `${roleArn}-2` });
    const { executionArn } = await start(service, 'Pass', { name: 'v1.0' });
    await ended(made, executionArn);

    const { service: next } = await aService({ folder });

    expect(await describeMachine(next, 'Pass')).toMatchObject({ definition: passing, roleArn: `${roleArn}-2` });
    expect(await next.listTagsForResource({ resourceArn: arnOf('Pass') })).toEqual({
      tags: [{ key: 'team', value: 'data' }],
    });
    expect(await next.describeActivity({ activityArn })).toMatchObject({ name: 'Work' });
    expect(await next.describeExecution({ executionArn, includedData: 'ALL_DATA' })).toMatchObject({ name: 'v1.0' });
  });
});
