import { describe, expect, it } from 'vitest';
import { cron, nextFireTime } from '../../lib/flow/schedule.ts';

describe('nextFireTime', () => {
  it.each([
    { name: 'daily', cron: '15 13 * * ? *', after: '2026-11-20T13:15:00Z', expected: '2026-11-21T13:15:00.000Z' },
    {
      name: 'hourly at minute 45',
      cron: '45 * * * ? *',
      after: '2026-11-20T13:15:00Z',
      expected: '2026-11-20T13:45:00.000Z',
    },
    {
      name: 'the first Monday',
      cron: '0 6 ? * MON#1 *',
      after: '2026-11-20T00:00:00Z',
      expected: '2026-12-07T06:00:00.000Z',
    },
    { name: 'Sunday is 1', cron: '0 6 ? * 1 *', after: '2026-11-20T00:00:00Z', expected: '2026-11-22T06:00:00.000Z' },
    {
      name: 'the last day of the month',
      cron: '0 0 L * ? *',
      after: '2027-02-01T00:00:00Z',
      expected: '2027-02-28T00:00:00.000Z',
    },
    { name: 'a year that is over', cron: '0 0 1 1 ? 2020', after: '2026-11-20T00:00:00Z', expected: undefined },
  ])('knows $name', ({ cron: expression, after, expected }) => {
    expect(nextFireTime(cron(expression), new Date(after))?.toISOString()).toBe(expected);
  });

  it('follows the wall clock of its time zone through the end of summer time', () => {
    const schedule = cron('0 6 * * ? *', { timeZone: 'Europe/Berlin' });

    const before = nextFireTime(schedule, new Date('2026-10-24T00:00:00Z'));
    const after = nextFireTime(schedule, new Date('2026-10-25T00:00:00Z'));

    expect([before?.toISOString(), after?.toISOString()]).toEqual([
      '2026-10-24T04:00:00.000Z',
      '2026-10-25T05:00:00.000Z',
    ]);
  });
});

describe('cron', () => {
  it.each([
    { name: 'five fields', expression: '15 13 * * ?', message: 'has 5 fields; EventBridge takes six' },
    { name: 'no question mark', expression: '15 13 * * * *', message: "needs '?' in exactly one" },
    { name: 'two question marks', expression: '15 13 ? * ? *', message: "needs '?' in exactly one" },
    { name: 'an hour that does not exist', expression: '15 25 * * ? *', message: 'is not valid' },
  ])('refuses $name', ({ expression, message }) => {
    expect(() => cron(expression)).toThrow(message);
  });

  it('refuses a time zone that does not exist', () => {
    expect(() => cron('15 13 * * ? *', { timeZone: 'Europe/Bern2' })).toThrow('in Europe/Bern2 is not valid');
  });
});
