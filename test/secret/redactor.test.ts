import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { firstOf } from '../../lib/secret/first-of.ts';
import { fixedSource } from '../../lib/secret/fixed-source.ts';
import { redactor } from '../../lib/secret/redactor.ts';

async function knowing(values: Record<string, string>) {
  const knows = redactor();
  const watched = knows.watch(fixedSource(values));
  for (const name of Object.keys(values)) await watched.find(name);
  return knows;
}

describe('redactor', () => {
  it.each<{ name: string; values: Record<string, string>; text: string; redacted: string }>([
    { name: 'every occurrence', values: { KEY: 'abcd1234' }, text: 'abcd1234-abcd1234', redacted: '[KEY]-[KEY]' },
    { name: 'a value in a URL', values: { KEY: 'a/b c/d e' }, text: '?k=a%2Fb%20c%2Fd%20e', redacted: '?k=[KEY]' },
    {
      name: 'a value that contains another',
      values: { SHORT: 'abcdefgh', LONG: 'abcdefghijkl' },
      text: 'abcdefghijkl abcdefgh',
      redacted: '[LONG] [SHORT]',
    },
    {
      name: 'nothing in place of values too short to be keys',
      values: { KEY: 'test' },
      text: 'latest',
      redacted: 'latest',
    },
  ])('takes out $name', async ({ values, text, redacted }) => {
    expect((await knowing(values)).redact(text)).toBe(redacted);
  });

  it('knows only what was read', async () => {
    const knows = redactor();
    const watched = knows.watch(fixedSource({ A: 'aaaaaaaa', B: 'bbbbbbbb' }));

    expect(await watched.get('A')).toBe('aaaaaaaa');
    expect(knows.redact('aaaaaaaa bbbbbbbb')).toBe('[A] bbbbbbbb');
  });

  it('reaches into causes, circles and aggregates', async () => {
    const knows = await knowing({ KEY: 'abcd1234' });
    const inner = new Error('abcd1234 inside');
    const outer = new AggregateError([inner], 'abcd1234 outside', { cause: inner });
    inner.cause = outer;
    const another = new Error('x', { cause: 'abcd1234 as text' });

    knows.redactError(outer);
    knows.redactError(another);

    expect([outer.message, inner.message, another.cause]).toEqual(['[KEY] outside', '[KEY] inside', '[KEY] as text']);
  });

  it('leaves errors without secrets alone, also those whose message cannot be set', async () => {
    const error = z.int().safeParse('x').error;

    (await knowing({ KEY: 'abcd1234' })).redactError(error);

    expect(error).toBeInstanceOf(z.ZodError);
  });
});

describe('firstOf', () => {
  const first = fixedSource({ A: 'first' });
  const second = fixedSource({ A: 'second', B: 'second' });

  it('asks the second for what the first does not have', async () => {
    const source = firstOf(first, second);

    expect([await source.get('A'), await source.find('B'), await source.find('C')]).toEqual([
      'first',
      'second',
      undefined,
    ]);
    await expect(source.get('C')).rejects.toMatchObject({
      name: 'SecretMissingError',
      message: "'C' has no value; known names: A, B",
    });
  });
});
