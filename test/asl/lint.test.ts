import { expect, test } from 'vitest';
import { lint } from '../../lib/asl/lint.ts';

test('finds nothing in a definition that can run, references and all', () => {
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Fetch',
    States: {
      Fetch: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: '${FetchArn}', Payload: '{% $states.input %}' },
        End: true,
      },
    },
  };

  expect(lint(JSON.stringify(definition))).toEqual([]);
});

test('tells what the service would, where the service would', () => {
  const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'Nowhere' } } };

  expect(lint(JSON.stringify(definition))).toContainEqual({
    severity: 'ERROR',
    code: 'MISSING_TRANSITION_TARGET',
    message: "Missing 'Next' target: Nowhere",
    location: '/States/A/Next',
  });
});

test('answers with a diagnostic to text that is no definition at all', () => {
  expect(lint('{')).toMatchObject([{ severity: 'ERROR' }]);
  expect(lint('7')).toMatchObject([{ severity: 'ERROR' }]);
});
