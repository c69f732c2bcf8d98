import { expect, test } from 'vitest';
import { ResultExpiredError, resolveReferences, storeResult } from '../../lib/artifact/result-reference.ts';
import { ChecksumMismatchError, ObjectNotFoundError } from '../../lib/artifact/store-errors.ts';
import type { Json } from '../../lib/json.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { memoryStore } from '../support/memory-store.ts';

const folder = 'results/f/2026/11/20/run/State';
const keyFor = (extension: string) => `${folder}/1.${extension}`;

function aShelf() {
  const clock = fakeClock({ startsAt: '2026-11-20T06:00:00Z' });
  return { artifacts: memoryStore(clock), clock };
}

test('a reference says where the output lies, what it is, and until when', async () => {
  const shelf = aShelf();

  const reference = await storeResult(shelf, ['ü', 1], { keyFor, retentionDays: 7 });

  expect(reference).toEqual({
    resultReference: {
      key: expect.stringMatching(/State\/1\.[0-9a-f]{12}\.json$/),
      bytes: 8,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      contentType: 'application/json',
      expiresAt: '2026-11-28T00:00:00.000Z',
    },
  });
});

test('references come back as what they stand for, however deep they are', async () => {
  const shelf = aShelf();
  const first = await storeResult(shelf, { rows: [1, 2] }, { keyFor, retentionDays: 7 });
  const second = await storeResult(shelf, 'text', { keyFor, retentionDays: 7 });

  const resolved = await resolveReferences(shelf, { months: [first, { deep: second }], plain: null, n: 1 });

  expect(resolved).toEqual({ months: [{ rows: [1, 2] }, { deep: 'text' }], plain: null, n: 1 });
});

test('a state that is come to again does not overwrite what it handed on before', async () => {
  const shelf = aShelf();
  const first = await storeResult(shelf, 'first', { keyFor, retentionDays: 7 });
  const second = await storeResult(shelf, 'second', { keyFor, retentionDays: 7 });

  expect(await resolveReferences(shelf, [first, second])).toEqual(['first', 'second']);
});

test.each<{ name: string; value: Json }>([
  { name: 'of another shape', value: { resultReference: { key: `${folder}/1.json` } } },
  { name: 'with a second field', value: { resultReference: {}, other: 1 } },
])('an object $name is no reference and stays as it is', async ({ value }) => {
  expect(await resolveReferences(aShelf(), value)).toEqual(value);
});

test('a result is readable until it expires, and then has its own error, whether or not its bytes remain', async () => {
  const shelf = aShelf();
  const reference = await storeResult(shelf, 'x', { keyFor, retentionDays: 7 });

  await shelf.clock.advance(7 * 86_400_000 + 18 * 3_600_000 - 1);
  expect(await resolveReferences(shelf, reference)).toBe('x');
  await shelf.clock.advance(1);

  await expect(resolveReferences(shelf, reference)).rejects.toThrow(ResultExpiredError);
});

test('a result that is missing before its time is not said to have expired', async () => {
  const shelf = aShelf();
  const reference = await storeResult(shelf, 'x', { keyFor, retentionDays: 7 });
  await shelf.artifacts.remove([reference.resultReference.key]);

  await expect(resolveReferences(shelf, reference)).rejects.toThrow(ObjectNotFoundError);
});

test('a result with other bytes than were stored is refused', async () => {
  const shelf = aShelf();
  const reference = await storeResult(shelf, 'x', { keyFor, retentionDays: 7 });
  await shelf.artifacts.write(reference.resultReference.key, '"y"');

  await expect(resolveReferences(shelf, reference)).rejects.toThrow(ChecksumMismatchError);
});
