import { describe, expect, it } from 'vitest';
import {
  backfillParts,
  type CallLimit,
} from '../../../../functions/headline-trends/backfill-headlines/backfill-parts.ts';

const tenMinutes: CallLimit = { pauseMs: 600_000, callsPerDay: 40, callsToday: 0 };
const noon = Date.parse('2026-01-01T12:00:00Z');

/** Months of the year that take so many calls each. */
function months(...calls: readonly number[]) {
  return calls.map((each, index) => ({ month: `2024-${String(index + 1).padStart(2, '0')}`, calls: each }));
}

const shown = (...parameters: Parameters<typeof backfillParts>) =>
  backfillParts(...parameters).map(({ startsAt, fromMonth, toMonth, calls, minutes }) => [
    startsAt.slice(0, 'YYYY-MM-DDTHH:MM'.length),
    ...[fromMonth, toMonth, calls, minutes],
  ]);

describe('the parts of a backfill', () => {
  it.each<{ name: string; calls: number[]; limit: Partial<CallLimit>; expected: unknown[] }>([
    { name: 'no months', calls: [], limit: {}, expected: [] },
    {
      name: 'months that fit into a day',
      calls: [16, 1, 16],
      limit: {},
      expected: [['2026-01-01T12:00', '2024-01', '2024-03', 33, 330]],
    },
    {
      name: 'months that do not fit into a day',
      calls: [16, 16, 16, 1],
      limit: {},
      expected: [
        ['2026-01-01T12:00', '2024-01', '2024-02', 32, 320],
        ['2026-01-02T00:00', '2024-03', '2024-04', 17, 170],
      ],
    },
    {
      name: 'a day whose calls are gone',
      calls: [16],
      limit: { callsToday: 40 },
      expected: [['2026-01-02T00:00', '2024-01', '2024-01', 16, 160]],
    },
    {
      name: 'a day of which others took more than is left to us',
      calls: [1],
      limit: { callsToday: 60 },
      expected: [['2026-01-02T00:00', '2024-01', '2024-01', 1, 10]],
    },
    {
      name: 'a part that goes on behind midnight, where new calls wait',
      calls: [40, 32, 40],
      limit: { pauseMs: 1_200_000 },
      expected: [
        ['2026-01-01T12:00', '2024-01', '2024-02', 72, 1_440],
        ['2026-01-03T00:00', '2024-03', '2024-03', 40, 800],
      ],
    },
    {
      name: 'a source without limits',
      calls: [16, 16, 16, 16],
      limit: { pauseMs: 0, callsPerDay: Number.POSITIVE_INFINITY },
      expected: [['2026-01-01T12:00', '2024-01', '2024-04', 64, 0]],
    },
  ])('are right for $name', ({ calls, limit, expected }) => {
    expect(shown(months(...calls), noon, { ...tenMinutes, ...limit })).toEqual(expected);
  });
});
