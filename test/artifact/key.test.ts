import { describe, expect, test } from 'vitest';
import { checkedName, readArtifactKey, rejectedKey, versionKey, versionOf } from '../../lib/artifact/key.ts';
import { resultKey } from '../../lib/artifact/result-key.ts';
import { UsageError } from '../../lib/errors.ts';

const executionStartedAt = new Date('2026-11-20T06:15:30.999Z');

test('a version sorts by the start of its execution and names it', () => {
  expect(versionOf({ executionName: 'b0c1-nightly_2', executionStartedAt })).toBe('20261120T061530Z-b0c1-nightly_2');
});

test.each(['verra_data_v2', 'raw-verra-data', 'a', 'assets_prices', 'x1'])('%s is an artifact name', (name) => {
  expect(checkedName(name)).toBe(name);
});

test.each(['', 'Verra', 'a b', 'a/b', '..', '_a', 'a__b', 'a-', '1a', 'verra-latest', 'x'.repeat(101)])(
  '%j is no artifact name',
  (name) => {
    expect(() => checkedName(name)).toThrow(UsageError);
  },
);

describe('a key below artifacts/', () => {
  const version = '20261120T061530Z-run';

  test.each([
    { name: 'data', key: versionKey('blocks', version, 'data.parquet'), read: { version, file: 'data.parquet' } },
    {
      name: 'a manifest',
      key: versionKey('blocks', version, 'manifest.json'),
      read: { version, file: 'manifest.json' },
    },
    { name: 'a pointer', key: 'artifacts/blocks/latest.json', read: { file: 'latest.json' } },
  ])('is read back: $name', ({ key, read }) => {
    expect(readArtifactKey(key)).toEqual({ name: 'blocks', ...read });
  });

  test.each([
    'artifacts/blocks-latest.parquet',
    'artifacts/blocks/announced.json',
    `artifacts/blocks/${version}/data.parquet.bak`,
    `artifacts/blocks/${version}/deep/data.parquet`,
    'artifacts/blocks/2026/data.parquet',
    `rejected/blocks/${version}/data.parquet`,
    'artifacts',
  ])('%s is nobody’s version', (key) => {
    expect(readArtifactKey(key)).toBeUndefined();
  });
});

test('a rejected file cannot climb out of its folder', () => {
  expect(rejectedKey('blocks', '20261120T061530Z-run', 'rows.jsonl')).toBe(
    'rejected/blocks/20261120T061530Z-run/rows.jsonl',
  );
  expect(() => rejectedKey('blocks', '20261120T061530Z-run', '../../x')).toThrow(UsageError);
});

test.each([
  { name: 'outside a Map', state: 'FetchMonth', mapIndex: undefined, key: 'FetchMonth/2.json' },
  { name: 'inside a Map', state: 'FetchMonth', mapIndex: 0, key: 'FetchMonth/0/2.json' },
  {
    name: 'of a state with a name in words',
    state: 'Get a/b ü',
    mapIndex: undefined,
    key: 'Get%20a%2Fb%20%C3%BC/2.json',
  },
])('a result $name lies below its flow, day and execution', ({ state: stateName, mapIndex, key }) => {
  const origin = { flowName: 'raw-verra-data', executionName: 'run-1', executionStartedAt, stateName, attempt: 2 };

  expect(resultKey({ ...origin, ...(mapIndex !== undefined && { mapIndex }) }, 'json')).toBe(
    `results/raw-verra-data/2026/11/20/run-1/${key}`,
  );
});
