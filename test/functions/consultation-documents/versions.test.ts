import { expect, it } from 'vitest';
import { readArtifactKey, versionKey, versionOf } from '../../../lib/artifact/key.ts';

const name = 'consultation-documents-preprocessed';

/** The worked example has dates in file names; here a version has the instant, and a pointer names the latest. */
it('10.10 names a version after the instant in UTC and the run, so that two runs of a day do not collide', () => {
  const executionStartedAt = new Date('2026-01-12T23:30:00-01:00');
  const versions = ['first', 'second'].map((executionName) => versionOf({ executionName, executionStartedAt }));

  expect(versions).toEqual(['20260113T003000Z-first', '20260113T003000Z-second']);
});

it('10.10 takes neither the rest of a write nor another table for a version', () => {
  const key = versionKey(name, '20260112T030000Z-run', 'data.parquet');

  expect(readArtifactKey(key)).toEqual({ name, version: '20260112T030000Z-run', file: 'data.parquet' });
  expect(readArtifactKey(`${key}.tmp`)).toBeUndefined();
  expect(readArtifactKey(key.replace('preprocessed', 'features'))).toMatchObject({
    name: 'consultation-documents-features',
  });
});
