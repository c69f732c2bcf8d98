import { describe, expect, it } from 'vitest';
import { cutToTokens } from '../../../../functions/consultation-documents/embeddings/cut-text.ts';

describe('a text that is embedded', () => {
  it.each([
    { name: 'stays as it is when it is short enough', text: 'Art. 1 Zweck', tokens: 100, expected: 'Art. 1 Zweck' },
    // one token each: Hello · world · ! · again
    { name: 'ends with its last token', text: 'Hello world! again', tokens: 3, expected: 'Hello world!' },
    {
      name: 'may hold what looks like a mark of the model',
      text: '<|endoftext|> x',
      tokens: 1,
      expected: '<',
    },
    { name: 'never ends within a character', text: '🐝🐝🐝🐝', tokens: 4, expected: '🐝' },
  ])('$name', ({ text, tokens, expected }) => {
    expect(cutToTokens(text, tokens)).toBe(expected);
  });

  it('stays whole when it has many bytes but few tokens', () => {
    const text = 'the '.repeat(100);

    expect(cutToTokens(text, 150)).toBe(text);
  });
});
