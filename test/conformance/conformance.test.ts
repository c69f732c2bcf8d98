import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCases } from './case.ts';
import { judge, type Verdict } from './judge.ts';

const root = join(import.meta.dirname, '../..');
const recordedFolder = join(root, '../shared/conformance/asl');

describe('the engine answers our own cases', () => {
  test.each(loadCases(join(root, 'test/asl-cases')).map((own) => [`${own.group}/${own.id}`, own] as const))(
    '%s',
    async (_, own) => {
      expect((await judge(own)).problems).toEqual([]);
    },
  );
});

test('a case that is answered otherwise is told with its place', async () => {
  const [own] = loadCases(join(root, 'test/asl-cases/variables.json'));
  if (!own) throw new Error('the file of cases is empty');

  const verdict = await judge({ ...own, expected: { status: 'SUCCEEDED', output: { x: 3, y: 1 } } });

  expect(verdict.problems).toEqual(['output/x: expected 3, got 2']);
});

describe.skipIf(!existsSync(recordedFolder))('the answers recorded from the service', () => {
  test('are still given where they once were', async () => {
    const passing = new Set<string>(JSON.parse(readFileSync(join(import.meta.dirname, 'passing.json'), 'utf8')));

    const verdicts: Verdict[] = [];
    for (const recorded of loadCases(recordedFolder))
      if (passing.has(recorded.id)) verdicts.push(await judge(recorded));

    expect(verdicts.filter(({ problems }) => problems.length > 0)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(0);
  });
});
