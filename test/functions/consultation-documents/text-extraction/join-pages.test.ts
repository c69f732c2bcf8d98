import { expect, it } from 'vitest';
import { joinPages } from '../../../../functions/consultation-documents/text-extraction/join-pages.ts';

it.each([
  {
    name: 'drops empty pages and trims the others',
    pages: ['  Entwurf \n', '', '   \n', 'Art. 1 Zweck\n'],
    joined: { content: 'Entwurf\n\fArt. 1 Zweck', nonEmptyPages: 2 },
  },
  { name: 'gives an empty text for empty pages', pages: ['', '  '], joined: { content: '', nonEmptyPages: 0 } },
  { name: 'gives an empty text for no pages', pages: [], joined: { content: '', nonEmptyPages: 0 } },
])('10.8 $name', ({ pages, joined }) => {
  expect(joinPages(pages)).toEqual(joined);
});
