import { expect, it } from 'vitest';
import { exitCodeOf, exitCodes } from '../../lib/cli/exit-codes.ts';

it('keeps the codes that scripts rely on', () => {
  expect(exitCodes).toEqual({ succeeded: 0, failed: 1, couldNotStart: 2, bug: 70 });
});

it.each([
  ['SUCCEEDED', 0],
  ['RUNNING', 0],
  ['FAILED', 1],
  ['TIMED_OUT', 1],
  ['ABORTED', 1],
] as const)('ends %s with %i', (status, code) => {
  expect(exitCodeOf(status)).toBe(code);
});
