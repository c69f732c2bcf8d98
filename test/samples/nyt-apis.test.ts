import { describe, expect, it } from 'vitest';
import { readArticle } from '../../functions/headline-trends/article.ts';
import { type NytApisOptions, nytApis } from '../../samples/nyt-apis.ts';
import { sampleNytArticles } from '../../samples/nyt-articles.ts';

const september = '/svc/archive/v1/2024/9.json';
const searchPath = '/svc/search/v2/articlesearch.json';

const articles = sampleNytArticles();

/** The made-up articles, without bad moods. */
function calm(options: NytApisOptions = {}) {
  return nytApis({ articles, faultAt: () => undefined, ...options });
}

interface Asked {
  readonly method?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function ask(source: ReturnType<typeof nytApis>, path: string, asked: Asked = {}) {
  const url = new URL(path, 'http://127.0.0.1');
  url.searchParams.set('api-key', asked.key ?? 'sample-key');
  const { method = 'GET', headers = {} } = asked;
  return source.answer({ method, url, headers, body: '', bytes: Buffer.of() });
}

function articlesOf(answer: ReturnType<typeof ask>) {
  // the shape this very source answers with
  const { response } = Object(answer?.body) as {
    response: { docs: { pub_date: string; _id: string }[]; meta: { hits: number } };
  };
  return response;
}

describe('the archive', () => {
  it('answers a month as the real one does: JSON served as text, with an ETag and the number of hits', () => {
    const answer = ask(calm(), september);

    expect(answer).toMatchObject({
      status: 200,
      headers: {
        etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
        'last-modified': 'Mon, 30 Sep 2024 16:00:00 GMT',
        'content-type': 'text/plain; charset=utf-8',
      },
    });
    expect(articlesOf(answer).docs).toHaveLength(articlesOf(answer).meta.hits);
  });

  it('leaves out the last evening of a month, which only the search has', () => {
    const { docs } = articlesOf(ask(calm(), september));
    const { docs: found } = articlesOf(ask(calm(), `${searchPath}?begin_date=20240930&end_date=20240930&sort=newest`));

    expect(docs.at(-1)?.pub_date).toMatch(/^2024-09-30T15:/);
    expect(found[0]?.pub_date).toMatch(/^2024-09-30T23:/);
  });

  it('has some articles in two files, as the archive of 2020 does', () => {
    const [january, february] = [1, 2].map((month) => articlesOf(ask(calm(), `/svc/archive/v1/2024/${month}.json`)));
    const ids = new Set(january?.docs.map(({ _id }) => _id));

    expect(february?.docs.filter(({ _id }) => ids.has(_id)).length).toBeGreaterThan(0);
  });

  it('answers 304 to whoever has the file already, and the file to whoever has another', () => {
    const source = calm();
    const etag = ask(source, september)?.headers?.etag ?? '';

    expect(ask(source, september, { headers: { 'if-none-match': etag } })).toMatchObject({
      status: 304,
      body: undefined,
    });
    expect(ask(source, september, { headers: { 'if-none-match': '"another"' } })?.status).toBe(200);
  });

  it('says another number of hits when it is told to', () => {
    const { docs, meta } = articlesOf(ask(calm({ hitsOf: (_, articles) => articles + 1 }), september));

    expect(meta.hits).toBe(docs.length + 1);
  });

  it.each([
    { name: 'a month before the first', path: '/svc/archive/v1/2023/12.json', asked: {}, status: 404 },
    { name: 'a wrong key', path: september, asked: { key: 'another' }, status: 401 },
    { name: 'a POST', path: september, asked: { method: 'POST' }, status: 405 },
  ])('refuses $name with $status', ({ path, asked, status }) => {
    expect(ask(calm(), path, asked)).toMatchObject({ status, body: { fault: { faultstring: expect.any(String) } } });
  });

  it('answers 429 with Retry-After at every 19th request', () => {
    const source = nytApis({ articles: [] });
    const answers = Array.from({ length: 38 }, () => ask(source, september));

    expect(answers.flatMap((answer, index) => (answer?.status === 429 ? [index + 1] : []))).toEqual([19, 38]);
    expect(answers[18]).toMatchObject({
      headers: { 'retry-after': '1' },
      body: { fault: { detail: { errorcode: 'policies.ratelimit.QuotaViolation' } } },
    });
  });
});

describe('the article search', () => {
  const four = ['2024-01-30', '2024-01-31', '2024-01-31', '2024-02-01'].map((day, index) => ({
    pub_date: `${day}T${10 + index}:00:00+0000`,
  }));
  const january = `${searchPath}?begin_date=20240131&end_date=20240131`;

  it.each([
    { sort: 'oldest', hours: ['11', '12'] },
    { sort: 'newest', hours: ['12', '11'] },
  ])('answers the articles of a range of days, $sort first', ({ sort, hours }) => {
    const { docs, meta } = articlesOf(ask(calm({ articles: four }), `${january}&sort=${sort}`));

    expect(docs.map(({ pub_date }) => pub_date.slice(11, 13))).toEqual(hours);
    expect(meta).toMatchObject({ hits: 2, offset: 0 });
  });

  it('answers ten at a time', () => {
    const many = Array.from({ length: 23 }, () => ({ pub_date: '2024-01-31T10:00:00+0000' }));
    const sizes = [0, 1, 2, 3].map(
      (page) => articlesOf(ask(calm({ articles: many }), `${january}&page=${page}`)).docs.length,
    );

    expect(sizes).toEqual([10, 10, 3, 0]);
  });

  it.each(['begin_date=2024-01-31', 'page=100', 'page=first', 'sort=random'])('refuses %s', (query) => {
    expect(ask(calm({ articles: four }), `${searchPath}?${query}`)?.status).toBe(400);
  });
});

describe('the made-up articles', () => {
  // as they come over the wire: JSON leaves out what is undefined
  const read = articles.map((article) => readArticle(JSON.parse(JSON.stringify(article))));

  it('can be read, but for one without a headline in March of each year', () => {
    const reasons = read.flatMap((each, index) =>
      'reason' in each ? [[articles[index]?.pub_date.slice(0, 10), each.reason]] : [],
    );

    expect(reasons).toEqual([
      ['2024-03-15', expect.stringContaining('headline.main')],
      ['2025-03-15', expect.stringContaining('headline.main')],
    ]);
  });

  it.each([
    { name: 'a date with Z', test: (article: object) => String(Reflect.get(article, 'pub_date')).endsWith('Z') },
    { name: 'a byline that is a list', test: (article: object) => Array.isArray(Reflect.get(article, 'byline')) },
    {
      name: 'a byline of null',
      test: (article: object) => Reflect.get(Object(Reflect.get(article, 'byline')), 'original') === null,
    },
    { name: 'a number in quotes', test: (article: object) => typeof Reflect.get(article, 'word_count') === 'string' },
    { name: 'no news desk', test: (article: object) => Reflect.get(article, 'news_desk') === null },
  ])('have $name now and then', ({ test }) => {
    expect(articles.filter(test).length).toBeGreaterThan(50);
  });
});
