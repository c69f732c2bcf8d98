import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleServer, startSampleServer } from '../../samples/server.ts';
import { sampleVerraRecords } from '../../samples/verra-blocks.ts';
import { type VerraRegistryOptions, verraRegistry } from '../../samples/verra-registry.ts';

const path = '/uiapi/asset/asset/search';
const everything = { program: 'VCS', issuanceTypeCodes: ['ISSUE'] };

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly contentType?: string;
  readonly body?: unknown;
}

function ask(source: ReturnType<typeof verraRegistry>, asked: Asked = {}) {
  const body = typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body ?? everything);
  return source.answer({
    method: asked.method ?? 'POST',
    url: new URL(asked.path ?? path, 'http://127.0.0.1'),
    headers: { 'content-type': asked.contentType ?? 'application/json' },
    body,
    bytes: Buffer.from(body),
  });
}

function calm(options: VerraRegistryOptions = {}) {
  return verraRegistry({ faultAt: () => undefined, ...options });
}

const block = (issuanceDate: string, retireOrCancelDate: string | null = null) => ({
  issuanceDate,
  retireOrCancelDate,
});

describe('the asset search', () => {
  const records = [block('2024-01-31'), block('2024-02-01', '2024-02-01'), block('2024-02-29'), block('2024-03-01')];

  it('answers the records issued within the window, both days included', () => {
    const body = { ...everything, issuanceStartInclusive: '2024-02-01', issuanceEndInclusive: '2024-02-29' };

    expect(ask(calm({ records }), { body })).toEqual({
      status: 200,
      body: { totalCount: 2, countExceeded: false, '@count': 2, value: [records[1], records[2]] },
    });
  });

  it.each([
    { name: '$maxResults of the request', options: {}, query: '?$maxResults=3' },
    { name: 'its own limit', options: { maxRecords: 3 }, query: '?$maxResults=20000' },
  ])('says so when $name cuts the answer', ({ options, query }) => {
    expect(ask(calm({ records, ...options }), { path: path + query })?.body).toMatchObject({
      totalCount: 4,
      countExceeded: true,
      '@count': 3,
    });
  });

  it('ignores $skip, $count and format=csv as the real one does', () => {
    const answer = ask(calm({ records }), { path: `${path}?$skip=2&$count=true&format=csv` });

    expect(answer?.body).toMatchObject({ totalCount: 4, '@count': 4 });
  });

  it('narrows to retired blocks when asked', () => {
    const answer = ask(calm({ records }), { body: { ...everything, assetStatus: 'RETIRED' } });

    expect(answer?.body).toMatchObject({ value: [records[1]] });
  });

  it.each([
    { name: 'a GET', asked: { method: 'GET' }, status: 405 },
    { name: 'a form', asked: { contentType: 'application/x-www-form-urlencoded' }, status: 415 },
    { name: 'a body that is not JSON', asked: { body: '{' }, status: 400 },
    { name: 'no program', asked: { body: { issuanceTypeCodes: ['ISSUE'] } }, status: 400 },
    { name: 'an unknown program', asked: { body: { ...everything, program: 'GS' } }, status: 400 },
    { name: 'no issuance type', asked: { body: { ...everything, issuanceTypeCodes: [] } }, status: 400 },
    { name: 'a day with slashes', asked: { body: { ...everything, issuanceEndInclusive: '31/01/2024' } }, status: 400 },
    {
      name: 'a day that never was',
      asked: { body: { ...everything, issuanceEndInclusive: '2024-02-30' } },
      status: 400,
    },
    { name: '$maxResults in words', asked: { path: `${path}?$maxResults=all` }, status: 400 },
  ])('refuses $name with $status', ({ asked, status }) => {
    expect(ask(calm({ records }), asked)?.status).toBe(status);
  });

  it('answers 429 with Retry-After at every 17th request and 500 at every 23rd', () => {
    const source = verraRegistry({ records });
    const answers = Array.from({ length: 46 }, () => ask(source));

    expect(answers.flatMap((answer, index) => (answer?.status === 200 ? [] : [[index + 1, answer?.status]]))).toEqual([
      [17, 429],
      [23, 500],
      [34, 429],
      [46, 500],
    ]);
    expect(answers[16]?.headers).toEqual({ 'retry-after': '1' });
  });
});

describe('the made-up registry', () => {
  const records = sampleVerraRecords();

  it('is the same in every run', () => {
    expect(sampleVerraRecords()).toEqual(records);
  });

  it('holds at least 3,000 blocks over 24 months, with a month too long for one answer', () => {
    const sizes = Map.groupBy(records, (record) => record.issuanceDate.slice(0, 7));

    expect(records.length).toBeGreaterThanOrEqual(3_000);
    expect(sizes.size).toBe(24);
    expect(Math.max(...[...sizes.values()].map((month) => month.length))).toBeGreaterThan(300);
  });

  it('splits issuances into blocks whose serials follow one another', () => {
    const ranges = records.map((record) => String(record.serialNumbers).split('-').slice(1, 3).map(Number));
    const gaps = ranges.filter(([start], index) => index > 0 && start !== Number(ranges[index - 1]?.[1]) + 1);

    expect(gaps).toEqual([]);
    expect(new Set(records.map((record) => record.serialNumbers)).size).toBe(records.length);
  });

  it.each([
    { name: 'credits on the Toucan bridge', test: (details: string) => details.includes('TOUCAN') },
    { name: 'credits on the C3 bridge', test: (details: string) => details.includes('C3T') },
    { name: 'a lower-case toucan', test: (details: string) => details.includes('toucan') },
  ])('has $name', ({ test }) => {
    expect(records.filter((record) => test(String(record.retirementDetails))).length).toBeGreaterThan(5);
  });

  it('has retirements on the day of issuance', () => {
    expect(records.filter((record) => record.retireOrCancelDate === record.issuanceDate).length).toBeGreaterThan(50);
  });
});

describe('the server', () => {
  let server: SampleServer;
  beforeAll(async () => {
    server = await startSampleServer({ verra: { records: [block('2020-03-20'), block('2021-07-01')] } });
  });
  afterAll(() => server.close());

  it('hands out the settings that make a run use it, with the months it holds', () => {
    expect(server.settings).toMatchObject({
      VERRA_API_URL: server.url,
      VERRA_FROM_MONTH: '2020-03',
      VERRA_TO_MONTH: '2021-07',
      VERRA_PAUSE_MILLISECONDS: '0',
    });
  });

  it('answers over loopback', async () => {
    const response = await fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(everything),
    });

    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await response.json()).toMatchObject({ totalCount: 2 });
  });

  it('names the samples there are when none answers a path', async () => {
    const response = await fetch(`${server.url}/elsewhere`);

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      message: expect.stringMatching(/^no sample source answers \/elsewhere; there are: verra-registry, /),
    });
  });
});
