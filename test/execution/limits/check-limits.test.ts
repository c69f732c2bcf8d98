import { describe, expect, test } from 'vitest';
import { checkLimits } from '../../../lib/execution/limits/check-limits.ts';
import { type ExecutionUsage, measureUsage } from '../../../lib/execution/limits/usage.ts';
import { runMachine } from '../../support/run-machine.ts';

const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' } };
const done = { Type: 'Succeed' };

function machine(states: Record<string, object>): object {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states };
}

function mapOf(fields: object): object {
  return machine({
    Each: {
      Type: 'Map',
      Items: '{% $states.input %}',
      ItemProcessor: { StartAt: 'Fetch', States: { Fetch: { ...task, Output: '{% $states.input %}', End: true } } },
      End: true,
      ...fields,
    },
  });
}

async function usageOf(definition: object, input: unknown): Promise<ExecutionUsage> {
  const { events } = await runMachine({ definition, input: JSON.parse(JSON.stringify(input)) });
  return measureUsage(
    (async function* () {
      yield* events;
    })(),
  );
}

async function findings(definition: object, inputs: readonly unknown[] = []): Promise<string[]> {
  const usages = await Promise.all(inputs.map((input) => usageOf(definition, input)));
  return checkLimits(JSON.stringify(definition), usages).map(
    ({ severity, state, message }) => `${severity} ${state ?? 'flow'}: ${message}`,
  );
}

const numbers = (length: number) => Array.from({ length }, (_, index) => index);

describe('an inline Map', () => {
  test('is told by its definition until it has run', async () => {
    expect(await findings(mapOf({}))).toEqual([
      'note Each: 7 of 25,000 events per iteration; breaks at about 3,570 iterations; no execution recorded yet',
    ]);
  });

  test('is told by the execution with most iterations', async () => {
    expect(await findings(mapOf({}), [numbers(3), numbers(200), numbers(10)])).toEqual([
      'note Each: 200 iterations seen in 3 executions, about 1,400 of 25,000 events; breaks at 3,570 iterations',
    ]);
  });

  test('is warned of when half of the way is done', async () => {
    const [finding] = await findings(mapOf({}), [numbers(2_000)]);

    expect(finding).toBe(
      'warning Each: 2,000 iterations seen in 1 execution, about 14,000 of 25,000 events; breaks at 3,570 iterations; make it a distributed Map, which keeps each item in an execution of its own',
    );
  });

  test('is told by its output where that breaks first', async () => {
    const [finding] = await findings(mapOf({}), [numbers(10).map(() => 'x'.repeat(10_000))]);

    expect(finding).toBe(
      'note Each: 10 iterations seen in 1 execution, an output of 100,031 of 262,144 bytes; breaks at 26 iterations',
    );
  });

  test.each([
    { itemCount: 3_000, severity: undefined },
    { itemCount: 4_000, severity: 'warning Each: 4,000 items make about 28,000 events' },
    { itemCount: 7_000, severity: 'error Each: 7,000 items make at least 28,000 events' },
  ])('of $itemCount items that are written out', async ({ itemCount, severity }) => {
    const [first] = await findings(mapOf({ Items: numbers(itemCount) }));

    if (severity === undefined) expect(first).toMatch(/^note/);
    else expect(first).toContain(severity);
  });

  test('runs no more than 40 iterations at once, whatever it says', async () => {
    const [first] = await findings(mapOf({ MaxConcurrency: 100 }));

    expect(first).toContain('warning Each: MaxConcurrency 100 is more than the 40 iterations that an inline Map runs');
  });
});

describe('a loop', () => {
  const definition = machine({
    Count: { Type: 'Pass', Output: '{% $states.input - 1 %}', Next: 'IsDone' },
    IsDone: { Type: 'Choice', Choices: [{ Condition: '{% $states.input <= 0 %}', Next: 'Done' }], Default: 'Count' },
    Done: done,
  });

  test('has no bound in the definition', async () => {
    expect(await findings(definition)).toEqual([
      'note Count: can repeat without end with IsDone; breaks after about 6,240 rounds of 4 events; no execution recorded yet',
    ]);
  });

  test('is warned of when half of the way is done', async () => {
    const [finding] = await findings(definition, [4_000]);

    expect(finding).toBe(
      'warning Count: can repeat without end with IsDone; breaks after about 6,240 rounds of 4 events; at most 4,000 seen in 1 execution; go on in a new execution before that',
    );
  });
});

describe('a payload', () => {
  test('is warned of from half of the limit on', async () => {
    expect(await findings(machine({ Keep: { Type: 'Pass', End: true } }), ['x'.repeat(150_000)])).toEqual([
      'warning Keep: its input of 150,002 of 262,144 bytes is the largest payload in 1 execution; hand it on by reference',
    ]);
  });

  test('that is written out is certain to be too large', async () => {
    expect(await findings(machine({ Huge: { Type: 'Pass', Output: 'x'.repeat(300_000), End: true } }))).toEqual([
      'error Huge: Output writes out at least 300,002 bytes, more than the 262,144 of a payload; hand it on by reference',
    ]);
  });
});

test('says nothing about a flow that is far from every limit and has not run', async () => {
  expect(await findings(machine({ Fetch: { ...task, Next: 'Done' }, Done: done }))).toEqual([]);
});

test('takes a definition larger than the service takes for an error', async () => {
  const comment = 'x'.repeat(1_048_576);

  expect(await findings({ ...machine({ Done: done }), Comment: comment })).toEqual([
    expect.stringContaining('error flow: the definition has 1,048,'),
  ]);
});
