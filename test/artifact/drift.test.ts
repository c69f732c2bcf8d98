import { expect, test } from 'vitest';
import { checkColumnsUnchanged } from '../../lib/artifact/drift.ts';
import { columns } from '../../lib/contract.ts';

const before = columns({ id: 'string', quantity: 'int', note: 'string?' });

/** Spec E-16 says which changes of columns are refused; how many rows may go is the contract's. */
test.each([
  { name: 'the same columns', now: before, figure: 0, says: /^the 3 columns of version v1$/ },
  {
    name: 'one more',
    now: [...before, { name: 'x', type: 'bool', nullable: false }],
    figure: 1,
    says: /\(new: x bool\)/,
  },
  { name: 'one less', now: before.slice(0, 2), figure: 1, says: /\(gone: note string\?\)/ },
  {
    name: 'other names',
    now: columns({ key: 'string', quantity: 'int', note: 'string?' }),
    figure: 2,
    says: /gone: id string; new: key string/,
  },
  {
    name: 'another type',
    now: columns({ id: 'string', quantity: 'float', note: 'string?' }),
    figure: 2,
    says: /gone: quantity int; new: quantity float/,
  },
  {
    name: 'another nullability',
    now: columns({ id: 'string?', quantity: 'int', note: 'string?' }),
    figure: 2,
    says: /gone: id string; new: id string\?/,
  },
  { name: 'another order', now: before.toReversed(), figure: 0, says: /\(the same in another order\)/ },
])('$name', ({ name, now, figure, says }) => {
  const check = checkColumnsUnchanged(now, { version: 'v1', columns: before });

  expect(check).toEqual({
    name: 'columns-unchanged',
    level: 'fail',
    passed: name === 'the same columns',
    figure,
    detail: expect.stringMatching(says),
  });
});
