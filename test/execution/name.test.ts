import { expect, test } from 'vitest';
import { isName } from '../../lib/execution/name.ts';

test.each([
  { name: 'letters, digits, dashes', text: 'run-2026_11', is: true },
  { name: 'dots, plus and parentheses', text: 'v1.2+(a)=!@', is: true },
  { name: 'letters of other scripts', text: 'prüfung-試験', is: true },
  { name: '80 characters', text: 'a'.repeat(80), is: true },
  { name: '81 characters', text: 'a'.repeat(81), is: false },
  { name: 'no characters', text: '', is: false },
  { name: 'a space', text: 'a b', is: false },
  { name: 'a slash', text: 'a/b', is: false },
  { name: 'a backslash', text: 'a\\b', is: false },
  { name: 'a colon', text: 'a:b', is: false },
  { name: 'a control character', text: 'a\u0085b', is: false },
  { name: 'half of a surrogate pair', text: 'a\uD83D', is: false },
  { name: 'this folder', text: '.', is: false },
  { name: 'the folder above', text: '..', is: false },
])('tells whether $name may be a name', ({ text, is }) => {
  expect(isName(text)).toBe(is);
});
