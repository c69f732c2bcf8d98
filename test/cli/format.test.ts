import { describe, expect, it } from 'vitest';
import { clip, formatAgo, formatBytes, formatDuration, plural, wrapWords } from '../../lib/cli/format.ts';
import { formatPlace, formatVersionTime } from '../../lib/cli/place.ts';

it.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_024, '1.0 KiB'],
  [215_040, '210 KiB'],
  [1_468_006, '1.4 MiB'],
  [3 * 1024 ** 4, '3.0 TiB'],
])('writes %i bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [0, '0.00 s'],
  [20, '0.02 s'],
  [4_230, '4.2 s'],
  [59_960, '1 min'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
  [273_600_000, '3 d 4 h'],
])('writes %i milliseconds as %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});

it('counts nouns', () => {
  expect([0, 1, 1_200].map((count) => plural(count, 'row'))).toEqual(['0 rows', '1 row', '1,200 rows']);
});

it.each([
  { name: 'keeps what fits', text: 'short', width: 5, clipped: 'short' },
  { name: 'shortens what does not', text: 'longer', width: 5, clipped: 'long…' },
  { name: 'puts lines into one', text: 'one\n  two', width: 9, clipped: 'one two' },
  { name: 'leaves nothing where there is no room', text: 'text', width: 0, clipped: '' },
])('$name', ({ text, width, clipped }) => {
  expect(clip(text, width)).toBe(clipped);
});

it.each([
  [59_000, 'just now'],
  [150_000, '2 min ago'],
  [7_200_000, '2 h ago'],
  [200_000_000, '2 d ago'],
])('writes %i milliseconds in the past as %s', (sinceMs, text) => {
  const now = Date.parse('2026-11-20T06:35:00.000Z');

  expect(formatAgo(new Date(now - sinceMs).toISOString(), now)).toBe(text);
});

it.each([
  { name: 'keeps a sentence that fits', text: 'one two', width: 7, wrapped: 'one two' },
  { name: 'breaks between words and indents', text: 'one two three', width: 8, wrapped: 'one two\n  three' },
  { name: 'keeps a long word whole', text: 'a file:///very/long b', width: 6, wrapped: 'a\n  file:///very/long\n  b' },
])('$name', ({ text, width, wrapped }) => {
  expect(wrapWords(text, width, '  ')).toBe(wrapped);
});

describe('places', () => {
  it.each([
    ['file:///project/.flow/store/a', '.flow/store/a'],
    ['file:///elsewhere/a%20b', '/elsewhere/a b'],
    ['s3://bucket/a', 's3://bucket/a'],
  ])('writes %s as %s', (url, place) => {
    expect(formatPlace(url, '/project')).toBe(place);
  });

  it('reads the time in a version', () => {
    expect(formatVersionTime('20261120T063301Z-build-1')).toBe('2026-11-20 06:33');
    expect(formatVersionTime('first')).toBe('first');
  });
});
