import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ChildEnd } from '../../../lib/engine/map-run/journal.ts';
import { TaskFailed } from '../../../lib/engine/task-failure.ts';
import type { Json } from '../../../lib/json.ts';
import { memoryObjects } from '../../support/memory-objects.ts';
import { type MachineRun, runMachine, startMachine, summary } from '../../support/run-machine.ts';

const Resource = 'arn:aws:lambda:us-east-1:123456789012:function:f';

const distributed = (fields: object = {}) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Work',
        States: { Work: { Type: 'Task', Resource, End: true } },
      },
      End: true,
      ...fields,
    },
  },
});

const reading = (ReaderConfig: object, resource = 's3:getObject') =>
  distributed({
    ItemReader: {
      Resource: `arn:aws:states:::${resource}`,
      ReaderConfig,
      Parameters: { Bucket: 'b', Key: 'items', Prefix: 'in/' },
    },
  });

const inventory = {
  fileFormat: 'CSV',
  fileSchema: 'Bucket, Key, Size',
  files: [{ key: 'data.csv.gz' }],
};

describe('items', () => {
  test.each<{ name: string; definition: object; objects: Record<string, string | Uint8Array>; items: Json }>([
    {
      name: 'a JSON array',
      definition: reading({ InputType: 'JSON' }),
      objects: { items: '[{"a":"é"},2]' },
      items: [{ a: 'é' }, 2],
    },
    {
      name: 'an array inside a JSON document',
      definition: reading({ InputType: 'JSON', ItemsPointer: '/rows/a~1b' }),
      objects: { items: '{"rows":{"a/b":[1,2]}}' },
      items: [1, 2],
    },
    {
      name: 'JSON Lines',
      definition: reading({ InputType: 'JSONL' }),
      objects: { items: '{"a":1}\r\n\n{"a":2}' },
      items: [{ a: 1 }, { a: 2 }],
    },
    {
      name: 'CSV with headers in the first row',
      definition: reading({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }),
      objects: { items: 'a,b\n"x, ""y""","line\nbreak"\n1\n1,2,3\n' },
      items: [
        { a: 'x, "y"', b: 'line\nbreak' },
        { a: '1', b: '' },
        { a: '1', b: '2' },
      ],
    },
    {
      name: 'CSV with given headers and another delimiter',
      definition: reading({ InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['x'], CSVDelimiter: 'PIPE' }),
      objects: { items: '1|2\n3|4' },
      items: [{ x: '1' }, { x: '3' }],
    },
    {
      name: 'no more than asked for',
      definition: reading({ InputType: 'JSONL', MaxItems: 2 }),
      objects: { items: '1\n2\n3\n' },
      items: [1, 2],
    },
    {
      name: 'a listing',
      definition: reading({}, 's3:listObjectsV2'),
      objects: { 'in/a': 'xy', other: '' },
      items: [{ Etag: '"in/a"', Key: 'in/a', LastModified: 1767225600, Size: 2, StorageClass: 'STANDARD' }],
    },
    {
      name: 'an inventory of gzipped CSV files',
      definition: reading({ InputType: 'MANIFEST' }),
      objects: { items: JSON.stringify(inventory), 'data.csv.gz': gzipSync('"b","k1","10"\n"b","k2","20"\n') },
      items: [
        { Bucket: 'b', Key: 'k1', Size: '10' },
        { Bucket: 'b', Key: 'k2', Size: '20' },
      ],
    },
  ])('come from $name', async ({ definition, objects, items }) => {
    const { end } = await runMachine({ definition, objects: memoryObjects({ b: objects }) });

    expect(end).toEqual({ status: 'SUCCEEDED', output: items });
  });

  test.each<{ name: string; objects: Record<string, string>; cause: string }>([
    { name: 'an object that is not there', objects: {}, cause: 'there is no object s3://b/items' },
    {
      name: 'a document that is no array',
      objects: { items: '{}' },
      cause: 'Attempting to map over non-iterable node.',
    },
  ])('fail the Map Run when they come from $name', async ({ objects, cause }) => {
    const { end, events } = await runMachine({
      definition: reading({ InputType: 'JSON' }),
      objects: memoryObjects({ b: objects }),
    });

    expect(end).toEqual({ status: 'FAILED', error: 'States.ItemReaderFailed', cause });
    expect(summary(events).slice(-3)).toEqual(['MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
  });

  test('go in batches, within a number and a size', async () => {
    const { end } = await runMachine({
      definition: distributed({
        ItemBatcher: { MaxItemsPerBatch: 3, MaxInputBytesPerBatch: 60, BatchInput: { 'day.$': '$.day' } },
        ItemsPath: '$.items',
      }),
      input: { day: 'Mon', items: ['a', 'b', 'c', 'd', 'a rather long item', 'e'] },
    });

    expect(end).toEqual({
      status: 'SUCCEEDED',
      output: [
        { BatchInput: { day: 'Mon' }, Items: ['a', 'b', 'c'] },
        { BatchInput: { day: 'Mon' }, Items: ['d'] },
        { BatchInput: { day: 'Mon' }, Items: ['a rather long item'] },
        { BatchInput: { day: 'Mon' }, Items: ['e'] },
      ],
    });
  });
});

test('runs each child as an execution of its own, which the parent does not tell of', async () => {
  const names = new Set<string>();

  const { events } = await runMachine({
    definition: distributed(),
    input: [1, 2, 3],
    invoke: ({ task, payload }) => {
      names.add(task.executionName);
      return payload;
    },
  });

  expect(names.size).toBe(3);
  expect(summary(events)).toEqual([
    'ExecutionStarted',
    'MapStateEntered Each',
    'MapStateStarted',
    'MapRunStarted',
    'MapRunSucceeded',
    'MapStateSucceeded',
    'MapStateExited Each',
    'ExecutionSucceeded',
  ]);
});

describe('failures', () => {
  const failing = ({ payload }: { payload: Json }) => {
    if (payload === 'bad') throw new TaskFailed({ error: 'Bad' });
    return payload;
  };
  const tooMany = {
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  };

  test.each([
    { name: 'no tolerance', fields: {}, end: tooMany },
    {
      name: 'a tolerated count',
      fields: { ToleratedFailureCount: 1 },
      end: { status: 'SUCCEEDED', output: ['a', 'b', 'c'] },
    },
    { name: 'a count that is too low', fields: { ToleratedFailureCount: 0 }, end: tooMany },
    {
      name: 'a tolerated percentage',
      fields: { ToleratedFailurePercentage: 25 },
      end: { status: 'SUCCEEDED', output: ['a', 'b', 'c'] },
    },
    { name: 'a percentage that is too low', fields: { ToleratedFailurePercentage: 24 }, end: tooMany },
  ])('of one in four children, with $name', async ({ fields, end }) => {
    const run = await runMachine({ definition: distributed(fields), input: ['a', 'bad', 'b', 'c'], invoke: failing });

    expect(run.end).toEqual(end);
  });
});

describe('results', () => {
  const writing = (WriterConfig?: object) =>
    distributed({
      ToleratedFailureCount: 1,
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        Parameters: { Bucket: 'out', Prefix: 'runs' },
        ...(WriterConfig && { WriterConfig }),
      },
    });

  test('go into files, which a manifest lists', async () => {
    const objects = memoryObjects({});

    const { end } = await runMachine({
      definition: writing(),
      input: [1, 'bad'],
      objects,
      invoke: ({ payload }) => {
        if (payload === 'bad') throw new TaskFailed({ error: 'Bad', cause: 'very' });
        return payload;
      },
    });

    const output = end.status === 'SUCCEEDED' ? (end.output as { ResultWriterDetails: { Key: string } }) : undefined; // the shape is asserted below
    expect(output).toMatchObject({
      MapRunArn: expect.stringMatching(/^arn:aws:states:us-east-1:123456789012:mapRun:machine\/[^:]+:[0-9a-f-]{36}$/),
      ResultWriterDetails: { Bucket: 'out', Key: expect.stringMatching(/^runs\/[0-9a-f-]{36}\/manifest\.json$/) },
    });
    const manifest = JSON.parse(objects.text('out', output?.ResultWriterDetails.Key ?? ''));
    const read = (kind: string) => JSON.parse(objects.text('out', manifest.ResultFiles[kind][0].Key));
    expect(read('SUCCEEDED')).toMatchObject([{ Input: '1', Output: '1', Status: 'SUCCEEDED' }]);
    expect(read('FAILED')).toMatchObject([{ Input: '"bad"', Error: 'Bad', Cause: 'very', Status: 'FAILED' }]);
  });

  test('can be lines of nothing but outputs', async () => {
    const buckets: Record<string, Record<string, string>> = {};

    await runMachine({
      definition: writing({ OutputType: 'JSONL', Transformation: 'FLATTEN' }),
      input: [[1, 2], [3]],
      objects: memoryObjects(buckets),
    });

    const [key = ''] = Object.keys(buckets.out ?? {});
    expect(key).toMatch(/SUCCEEDED_0\.jsonl$/);
    expect(buckets.out?.[key]).toBe('1\n2\n3\n');
  });

  test('fail the Map when they are more than a payload can hold', async () => {
    const { end } = await runMachine({
      definition: distributed(),
      input: Array.from({ length: 30 }, () => 'x'.repeat(10_000)).slice(0, 25),
      invoke: ({ payload }) => `${payload}${payload}`,
    });

    expect(end).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

test('can be watched and slowed down while it runs', async () => {
  const release: (() => void)[] = [];
  const { ended, mapRuns } = startMachine({
    definition: distributed({ MaxConcurrency: 3 }),
    input: [1, 2, 3, 4, 5],
    invoke: ({ payload }) => new Promise((resolve) => release.push(() => resolve(payload))),
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  await turn();
  const [run] = mapRuns.list('arn:aws:states:us-east-1:123456789012:execution:machine:run');

  expect(run).toMatchObject({ status: 'RUNNING', maxConcurrency: 3, counts: { running: 3, total: 3 } });
  mapRuns.update(run?.mapRunArn ?? '', { maxConcurrency: 1 });
  for (const resolve of release.splice(0)) resolve();
  await turn();
  expect(release).toHaveLength(1);
  while (release.length > 0) {
    for (const resolve of release.splice(0)) resolve();
    await turn();
  }

  expect(await ended).toEqual({ status: 'SUCCEEDED', output: [1, 2, 3, 4, 5] });
  expect(mapRuns.find(run?.mapRunArn ?? '')).toMatchObject({
    status: 'SUCCEEDED',
    counts: { succeeded: 5, running: 0 },
  });
});

test('does not run children again that had succeeded before a redrive', async () => {
  const kept = new Map<string, ChildEnd[]>();
  const journal = {
    append: (mapRun: string, end: ChildEnd) => void kept.set(mapRun, [...(kept.get(mapRun) ?? []), end]),
    async *read(mapRun: string) {
      yield* kept.get(mapRun) ?? [];
    },
  };
  const calls: Json[] = [];
  let isBroken = true;
  const run: MachineRun = {
    definition: distributed({ MaxConcurrency: 1 }),
    input: ['a', 'b', 'c'],
    journal,
    invoke: ({ payload }) => {
      calls.push(payload);
      if (isBroken && payload === 'b') throw new TaskFailed({ error: 'Bad' });
      return payload;
    },
  };
  const first = await runMachine(run);
  isBroken = false;
  calls.length = 0;

  const second = await runMachine({ ...run, before: first.events });

  expect(first.end.status).toBe('FAILED');
  expect(second.end).toEqual({ status: 'SUCCEEDED', output: ['a', 'b', 'c'] });
  expect(calls).toEqual(['b', 'c']);
  expect(summary(second.events)).toContain('MapRunRedriven');
});
