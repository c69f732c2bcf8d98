import { expect, it } from 'vitest';
import type { IssuanceWindow } from '../../../../functions/carbon-markets/issuance-window.ts';
import { searchCompletely } from '../../../../functions/carbon-markets/raw-verra-data/search-completely.ts';

/** A registry that gives at most `limit` of its days at once, and says so or just stays short. */
function registry(days: readonly string[], { limit, admits = true }: { limit: number; admits?: boolean }) {
  const asked: string[] = [];
  const search = async ({ from, to }: IssuanceWindow) => {
    asked.push(`${from}..${to}`);
    const found = days.filter((day) => day >= from && day <= to);
    const value = found.slice(0, limit);
    return { totalCount: found.length, countExceeded: admits && value.length < found.length, value };
  };
  return { asked, search };
}

const april = { from: '2024-04-01', to: '2024-04-30' };
const everyDay = Array.from({ length: 30 }, (_, index) => `2024-04-${String(index + 1).padStart(2, '0')}`);

it('asks once when the answer is whole', async () => {
  const { asked, search } = registry(everyDay, { limit: 30 });

  expect(await searchCompletely(search, april)).toEqual(everyDay);
  expect(asked).toEqual(['2024-04-01..2024-04-30']);
});

it.each([
  { name: 'countExceeded is true', admits: true },
  { name: 'there are fewer records than totalCount', admits: false },
])('halves the window while $name, and keeps the order', async ({ admits }) => {
  const { asked, search } = registry(everyDay, { limit: 10, admits });

  expect(await searchCompletely(search, april)).toEqual(everyDay);
  expect(asked).toEqual([
    '2024-04-01..2024-04-30',
    '2024-04-01..2024-04-15',
    '2024-04-01..2024-04-07',
    '2024-04-08..2024-04-15',
    '2024-04-16..2024-04-30',
    '2024-04-16..2024-04-22',
    '2024-04-23..2024-04-30',
  ]);
});

it('fails when the answer for a single day is cut short', async () => {
  const { search } = registry(['2024-04-05', '2024-04-05', '2024-04-05'], { limit: 2 });

  await expect(searchCompletely(search, april)).rejects.toMatchObject({
    name: 'InvalidDataError',
    message:
      'the registry answered 2 of 3 blocks issued on 2024-04-05, and a day cannot be halved; raise $maxResults in the Verra client',
  });
});
