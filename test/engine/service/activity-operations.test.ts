import { describe, expect, test } from 'vitest';
import { aService, create, ended, start, type TestService } from './a-service.ts';

const activityArn = 'arn:aws:states:us-east-1:000000000000:activity:Work';

/** A service with the activity `Work` and the machine `Employer` that has it done. */
async function withWork(task: object = {}): Promise<TestService> {
  const made = await aService();
  await made.service.createActivity({ name: 'Work', tags: [] });
  const definition = JSON.stringify({
    StartAt: 'Work',
    States: { Work: { Type: 'Task', Resource: activityArn, End: true, ...task } },
  });
  await create(made.service, { name: 'Employer', definition });
  return made;
}

function poll({ service }: TestService, signal = new AbortController().signal, workerName?: string) {
  return service.getActivityTask({ activityArn, workerName }, signal);
}

describe('getActivityTask', () => {
  test('hands a waiting task to the worker that asks', async () => {
    const made = await withWork();
    const { executionArn } = await start(made.service, 'Employer', { input: '{"job":7}' });

    const { taskToken = '', input } = await poll(made, undefined, 'worker-1');
    await made.service.sendTaskSuccess({ taskToken, output: '"done"' });

    expect(input).toBe('{"job":7}');
    expect(await ended(made, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
    const { events } = await made.service.getExecutionHistory({
      executionArn,
      reverseOrder: false,
      includeExecutionData: true,
      maxResults: 0,
    });
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'ActivityScheduled',
      'ActivityStarted',
      'ActivitySucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events[3]).toMatchObject({ activityStartedEventDetails: { workerName: 'worker-1' } });
  });

  test('lets a worker wait for the next task', async () => {
    const made = await withWork();
    const polling = poll(made);
    await made.clock.advance(30_000);

    await start(made.service, 'Employer', { input: '1' });

    expect(await polling).toMatchObject({ input: '1' });
  });

  test('gives tasks in the order they came, each to one worker', async () => {
    const made = await withWork();
    for (const input of ['1', '2', '3']) await start(made.service, 'Employer', { input });

    const tasks = [await poll(made), await poll(made), await poll(made)];

    expect(tasks.map(({ input }) => input)).toEqual(['1', '2', '3']);
    expect(new Set(tasks.map(({ taskToken }) => taskToken)).size).toBe(3);
  });

  test('answers nothing after a minute without a task', async () => {
    const made = await withWork();

    const polling = poll(made);
    await made.clock.advance(60_000);

    expect(await polling).toEqual({});
  });

  test('keeps a task from a worker that has hung up', async () => {
    const made = await withWork();
    const gone = new AbortController();
    const polling = poll(made, gone.signal);
    gone.abort();

    await start(made.service, 'Employer', { input: '1' });

    expect(await polling).toEqual({});
    expect(await poll(made)).toMatchObject({ input: '1' });
  });

  test('forgets a task whose state has timed out', async () => {
    const made = await withWork({ TimeoutSeconds: 5 });
    const { executionArn } = await start(made.service, 'Employer');
    await made.clock.advance(5_000);
    const polling = poll(made);
    await made.clock.advance(60_000);

    expect(await polling).toEqual({});
    expect(await ended(made, executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });
});

describe('activities', () => {
  test('are made once under a name', async () => {
    const { service, clock } = await withWork();
    await clock.advance(1_000);

    const again = await service.createActivity({ name: 'Work', tags: [] });

    expect(again).toEqual({ activityArn, creationDate: new Date('2026-01-01T00:00:00.000Z') });
  });

  test('are listed by name, page by page', async () => {
    const { service } = await withWork();
    await service.createActivity({ name: 'Rest', tags: [] });

    const first = await service.listActivities({ maxResults: 1 });
    const second = await service.listActivities({ maxResults: 1, nextToken: first.nextToken });

    expect(first.activities.map(({ name }) => name)).toEqual(['Rest']);
    expect(second).toEqual({ activities: [{ activityArn, name: 'Work', creationDate: expect.any(Date) }] });
  });

  test('are gone when deleted, and deleting twice does nothing', async () => {
    const made = await withWork();
    await made.service.deleteActivity({ activityArn });
    await made.service.deleteActivity({ activityArn });

    await expect(poll(made)).rejects.toMatchObject({
      exceptionName: 'ActivityDoesNotExist',
      message: `Activity Does Not Exist: '${activityArn}'`,
    });
  });

  test.each([
    {
      name: 'a name with a slash',
      call: ({ service }: TestService) => service.createActivity({ name: 'a/b', tags: [] }),
      exception: 'InvalidName',
    },
    {
      name: 'no ARN',
      call: ({ service }: TestService) => service.describeActivity({ activityArn: 'Work' }),
      exception: 'InvalidArn',
    },
    {
      name: 'one that is not there',
      call: ({ service }: TestService) => service.describeActivity({ activityArn: `${activityArn}s` }),
      exception: 'ActivityDoesNotExist',
    },
  ])('refuse $name', async ({ call, exception }) => {
    await expect(call(await withWork())).rejects.toMatchObject({ exceptionName: exception });
  });
});

describe('tags', () => {
  test('are kept for activities and machines, changed and taken away', async () => {
    const { service } = await withWork();
    const resourceArn = activityArn;
    await service.tagResource({
      resourceArn,
      tags: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    });
    await service.tagResource({ resourceArn, tags: [{ key: 'a', value: '3' }] });

    await service.untagResource({ resourceArn, tagKeys: ['b'] });

    expect(await service.listTagsForResource({ resourceArn })).toEqual({ tags: [{ key: 'a', value: '3' }] });
  });

  test('are no more than fifty', async () => {
    const { service } = await withWork();
    const tags = Array.from({ length: 51 }, (_, index) => ({ key: `key-${index}`, value: '' }));

    const refused = service.tagResource({ resourceArn: activityArn, tags });

    await expect(refused).rejects.toMatchObject({
      exceptionName: 'TooManyTags',
      members: { resourceName: activityArn },
    });
  });

  test('need something to be tagged', async () => {
    const { service } = await withWork();

    const refused = service.listTagsForResource({ resourceArn: `${activityArn}s` });

    await expect(refused).rejects.toMatchObject({ exceptionName: 'ResourceNotFound' });
  });
});
