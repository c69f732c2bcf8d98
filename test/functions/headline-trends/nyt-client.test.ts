import { describe, expect, it } from 'vitest';
import { openNytClient } from '../../../functions/headline-trends/nyt-client.ts';
import { fixedSource } from '../../../lib/secret/fixed-source.ts';
import type { NytApisOptions } from '../../../samples/nyt-apis.ts';
import { startSampleServer } from '../../../samples/server.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { testContext } from '../../support/test-world.ts';

const article = { _id: 'nyt://article/1', headline: { main: 'A' }, pub_date: '2024-03-10T12:00:00+0000' };

/** A client of the sample server that keeps the real pauses, by a clock that jumps over them. */
async function openClient(nyt: Omit<NytApisOptions, 'articles'> = {}, settings: Readonly<Record<string, string>> = {}) {
  const clock = fakeClock({ autoAdvance: true });
  const calledAt: number[] = [];
  const server = await startSampleServer({
    nyt: {
      articles: [article],
      faultAt(requestCount) {
        calledAt.push(clock.now());
        return nyt.faultAt?.(requestCount);
      },
    },
  });
  const source = fixedSource({ ...server.settings, NYT_PAUSE_MILLISECONDS: '12500', ...settings });
  const client = await openNytClient(testContext({ clock, settings: source, secrets: source }));
  return { client, calledAt, [Symbol.asyncDispose]: () => server.close() };
}

const gaps = (times: readonly number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0));

describe('the client of the NYT API', () => {
  it('asks again after being told off twice, never within twelve seconds', async () => {
    await using open = await openClient({ faultAt: (requestCount) => (requestCount <= 2 ? 429 : undefined) });

    const answer = await open.client.archive('2024-03');

    expect(JSON.parse(answer?.text ?? '')).toMatchObject({ response: { docs: [{ _id: article._id }] } });
    expect(open.calledAt).toHaveLength(3);
    expect(Math.min(...gaps(open.calledAt))).toBeGreaterThanOrEqual(12_000);
  });

  it('waits longer each time a source stays away, and gives up after five more tries', async () => {
    await using open = await openClient({ faultAt: () => 500 });

    await expect(open.client.archive('2024-03')).rejects.toMatchObject({ name: 'SourceUnavailableError' });

    expect(gaps(open.calledAt).map((gap) => Math.floor(gap / 1000))).toEqual([13, 26, 52, 104, 208]);
  });

  it('refuses to ask once all calls of a day are made', async () => {
    await using open = await openClient();
    for (let call = 0; call < 450; call += 1) await open.client.archive('2024-03');

    const oneMore = open.client.archive('2024-03');

    await expect(oneMore).rejects.toMatchObject({ name: 'SourceRejectedError' });
    await expect(oneMore).rejects.toThrow('the NYT API was asked 450 times on 2026-01-01');
    expect(open.calledAt).toHaveLength(450);
  });

  it.each<{ name: string; month: string; settings: Readonly<Record<string, string>> }>([
    { name: 'a wrong key', month: '2024-03', settings: { NYT_API_KEY: 'some-wrong-key' } },
    { name: 'a month without a file', month: '2019-01', settings: {} },
  ])('asks only once with $name, and says nothing of the key', async ({ month, settings }) => {
    await using open = await openClient({}, settings);

    const error = await open.client.archive(month).catch((caught: unknown) => caught);

    expect(error).toMatchObject({ name: 'SourceRejectedError' });
    expect(String(error)).not.toContain('some-wrong-key');
    expect(open.calledAt).toHaveLength(1);
  });

  it('gets nothing when the file is still the one that it knows', async () => {
    await using open = await openClient();
    const first = await open.client.archive('2024-03');

    expect(await open.client.archive('2024-03', first?.etag ?? undefined)).toBeUndefined();
  });
});
