import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publicationDate, readArticle } from '../../../functions/headline-trends/article.ts';
import { archivePath, readArchive } from '../../../functions/headline-trends/nyt-client.ts';
import { dataFolder, hasData } from './expected-trends.ts';

const good = { _id: 'nyt://article/1', headline: { main: 'A' }, pub_date: '2024-05-01T12:00:00+0000' };

describe('publicationDate', () => {
  it.each([
    { text: '2022-09-01T00:25:54+0000', date: '2022-09-01T00:25:54+00:00' },
    { text: '2012-01-02T22:18:41Z', date: '2012-01-02T22:18:41+00:00' },
    { text: '2022-08-31T20:25:54-04:00', date: '2022-09-01T00:25:54+00:00' },
    { text: 'invalid-date', date: undefined },
    { text: '2024-02-30T00:00:00Z', date: undefined },
    { text: '2024-05-01', date: undefined },
  ])('reads $text as $date', ({ text, date }) => {
    expect(publicationDate(text)).toBe(date);
  });
});

describe('archivePath', () => {
  it.each([
    { month: '2024-09', path: '2024/9.json' },
    { month: '2024-12', path: '2024/12.json' },
  ])('writes $month as $path', ({ month, path }) => {
    expect(archivePath(month)).toBe(path);
  });
});

describe('readArticle', () => {
  it.each([
    { name: 'an empty headline as none', article: { headline: { main: '' } }, expected: { headline: null } },
    { name: 'an empty byline as none', article: { byline: { original: '' } }, expected: { byline: null } },
    { name: 'a null byline as none', article: { byline: { original: null } }, expected: { byline: null } },
    { name: 'a list for a byline as none', article: { byline: [] }, expected: { byline: null } },
    { name: 'a number in quotes', article: { word_count: '1203' }, expected: { word_count: 1203 } },
    { name: 'a number that is none', article: { word_count: 'many' }, expected: { word_count: null } },
    {
      name: 'an article without an id, by its address',
      article: { _id: undefined, web_url: 'https://x.example/a.html?b=c' },
      expected: { article_id: 'https://x.example/a.html', url: 'https://x.example/a.html?b=c' },
    },
  ])('takes $name', ({ article, expected }) => {
    expect(readArticle({ ...good, ...article })).toMatchObject({ row: expected });
  });

  it.each([
    { name: 'nothing', article: null, reason: 'the article: Invalid input: expected object, received null' },
    {
      name: 'no headline',
      article: { ...good, headline: {} },
      reason: 'headline.main: Invalid input: expected string, received undefined',
    },
    {
      name: 'no date',
      article: { ...good, pub_date: 'invalid-date' },
      reason: "pub_date: 'invalid-date' is not an instant",
    },
    { name: 'nothing to know it by', article: { ...good, _id: null }, reason: 'neither _id nor web_url is given' },
  ])('rejects $name', ({ article, reason }) => {
    expect(readArticle(article)).toEqual({ reason });
  });
});

describe.skipIf(!hasData)('real answers', () => {
  const read = (file: string) => JSON.parse(readFileSync(join(dataFolder, 'archive-api', file), 'utf8'));

  it.each([
    { file: 'archive_2024_09_5docs.json', articles: 5 },
    { file: 'archive_2024_10_5docs.json', articles: 5 },
    { file: 'archive_2024_11_5docs.json', articles: 5 },
    { file: 'archive_2012_01_1doc_official_docs.json', articles: 1 },
    { file: 'article_search_2024_10docs.json', articles: 10 },
  ])('are read whole: $file', ({ file, articles }) => {
    const { response } = read(file);

    const rows = response.docs.map(readArticle);

    expect(rows).toHaveLength(articles);
    expect(rows.filter((each: object) => 'reason' in each)).toEqual([]);
  });

  it('are refused when they hold fewer articles than they say', () => {
    const { response } = read('archive_2024_10_5docs.json');

    expect(() => readArchive(JSON.stringify({ response }), '2024-10')).toThrow(
      'the archive of 2024-10 says it has 4306 articles and holds 5; it is not complete',
    );
    expect(readArchive(JSON.stringify({ response: { ...response, meta: { hits: 5 } } }), '2024-10')).toHaveLength(5);
  });
});
