import { expect, test } from 'vitest';
import { parse } from '../../lib/asl/parse.ts';

const machine = (state: object) => JSON.stringify({ StartAt: 'A', States: { A: state } });

test.each([
  { name: 'text that is no JSON', text: '{', message: 'the state machine definition is not JSON' },
  { name: 'JSON that is no object', text: '[]', message: 'the state machine definition must be a JSON object' },
  { name: 'a machine without states', text: '{"StartAt":"A"}', message: "'States' of the state machine is missing" },
  {
    name: 'an unknown type',
    text: machine({ Type: 'Sleep' }),
    message: "'Type' of state 'A' is \"Sleep\"; it must be Task, Pass, Choice, Wait, Succeed, Fail, Parallel or Map",
  },
  {
    name: 'a field of the wrong type',
    text: machine({ Type: 'Task', Resource: 7, End: true }),
    message: "'Resource' of state 'A' is 7; it must be a string",
  },
  {
    name: 'a retrier without errors',
    text: machine({ Type: 'Task', Resource: 'r', Retry: [{}], End: true }),
    message: "'ErrorEquals' of 'Retry[0]' of state 'A' is missing; it must be an array of strings",
  },
  {
    name: 'an unknown query language',
    text: machine({ Type: 'Pass', QueryLanguage: 'SQL', End: true }),
    message: "'QueryLanguage' of state 'A' is \"SQL\"; it must be JSONPath or JSONata",
  },
  {
    name: 'an expression with a syntax error',
    text: machine({ Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% 1 + %}', End: true }),
    message: "JSONata expression '1 +' is not valid",
  },
])('refuses $name in a sentence', ({ text, message }) => {
  expect(() => parse(text)).toThrow(message);
});

test('reads the defaults of retriers and Maps', () => {
  const { states } = parse(
    machine({
      Type: 'Map',
      ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Succeed' } } },
      Retry: [{ ErrorEquals: ['States.ALL'] }],
      End: true,
    }),
  );

  expect(states.get('A')).toMatchObject({
    mode: 'INLINE',
    executionType: 'STANDARD',
    retry: [{ errorEquals: ['States.ALL'], intervalSeconds: 1, maxAttempts: 3, backoffRate: 2, jitter: 'NONE' }],
  });
});

test('lets a state choose its own query language, and nested states the one of the machine', () => {
  const { states } = parse(
    machine({
      Type: 'Parallel',
      QueryLanguage: 'JSONata',
      Branches: [{ StartAt: 'B', States: { B: { Type: 'Succeed' } } }],
      End: true,
    }),
  );

  const parallel = states.get('A');
  expect(parallel?.data.language).toBe('JSONata');
  expect(parallel?.type === 'Parallel' && parallel.branches[0]?.states.get('B')?.data.language).toBe('JSONPath');
});
