import { expect, test } from 'vitest';
import { findFailure, type Subject, subjects } from './find-failure.ts';

test.each<Subject & { promise: string }>([
  { ...subjects.machines, promise: 'comes to an end, also when it is cut off and redriven' },
  { ...subjects.mutations, promise: 'is refused with a message or comes to an end' },
])('every random $name $promise', async (subject) => {
  const failure = await findFailure(subject, { count: 200, seed: 20_261_120 });

  expect(failure).toBeUndefined();
});
