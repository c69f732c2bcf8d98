import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openVerraClient } from '../../../functions/carbon-markets/verra-client.ts';
import { fixedSource } from '../../../lib/secret/fixed-source.ts';
import { startSampleServer } from '../../../samples/server.ts';
import type { VerraRegistryOptions } from '../../../samples/verra-registry.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { testContext } from '../../support/test-world.ts';

const window = { from: '2024-02-01', to: '2024-02-29' };
const records = ['2024-01-31', '2024-02-01', '2024-02-29', '2024-03-01'].map((issuanceDate) => ({ issuanceDate }));

async function openAgainst(verra: VerraRegistryOptions, settings: Record<string, string> = {}) {
  const server = await startSampleServer({ verra });
  const clock = fakeClock({ autoAdvance: true });
  const context = testContext({ clock, settings: fixedSource({ ...server.settings, ...settings }) });
  const client = await openVerraClient(context);
  return { client, clock, [Symbol.asyncDispose]: () => server.close() };
}

describe('the Verra client', () => {
  it('finds the blocks issued in a window, both days included', async () => {
    await using opened = await openAgainst({ records });

    expect(await opened.client.searchIssued(window)).toEqual({
      totalCount: 2,
      countExceeded: false,
      value: records.slice(1, 3),
    });
  });

  it('asks as the page of the registry does', async () => {
    const asked: unknown[] = [];
    const server = createServer(async (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
      const { referer, 'content-type': contentType } = request.headers;
      const body = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString());
      asked.push({
        method: request.method,
        pathname,
        query: Object.fromEntries(searchParams),
        referer,
        contentType,
        body,
      });
      response.end(JSON.stringify({ totalCount: 0, countExceeded: false, '@count': 0, value: [] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // what listening on a port gives
    const settings = fixedSource({ VERRA_API_URL: `http://127.0.0.1:${port}` });
    const client = await openVerraClient(testContext({ settings, clock: fakeClock({ autoAdvance: true }) }));

    await client.searchIssued(window);
    server.close();

    expect(asked).toEqual([
      {
        method: 'POST',
        pathname: '/uiapi/asset/asset/search',
        query: { $maxResults: '20000', $count: 'true', $skip: '0', format: 'csv' },
        referer: 'https://registry.verra.org/app/search/VCS',
        contentType: 'application/json',
        body: {
          program: 'VCS',
          issuanceTypeCodes: ['ISSUE'],
          issuanceStartInclusive: '2024-02-01',
          issuanceEndInclusive: '2024-02-29',
        },
      },
    ]);
  });

  it('tells when the answer was cut short', async () => {
    await using opened = await openAgainst({ records, maxRecords: 1 });

    expect(await opened.client.searchIssued(window)).toMatchObject({ totalCount: 2, countExceeded: true });
  });

  it('waits out a 429 as long as Retry-After says, and asks again after a 500', async () => {
    await using opened = await openAgainst({ records });

    for (let request = 0; request < 23; request += 1) await opened.client.searchIssued(window);

    // the 17th request of the server's life met the 429, the 23rd the 500
    expect(opened.clock.slept.filter((ms) => ms > 0)).toEqual([1_000, 500]);
  });

  it('pauses half a second before each request unless a setting says otherwise', async () => {
    const server = await startSampleServer({ verra: { records, faultAt: () => undefined } });
    const clock = fakeClock({ autoAdvance: true });
    const client = await openVerraClient(testContext({ clock, settings: fixedSource({ VERRA_API_URL: server.url }) }));
    const startedAt = clock.now();

    await client.searchIssued(window);
    await client.searchIssued(window);
    await server.close();

    expect(clock.slept[0]).toBe(500);
    expect(clock.now() - startedAt).toBe(500);
  });

  it.each(['half a second', '-1', '0.5', ''])("refuses a pause of '%s'", async (pause) => {
    await expect(openAgainst({ records }, { VERRA_PAUSE_MILLISECONDS: pause })).rejects.toMatchObject({
      name: 'InvalidDataError',
      message: `setting VERRA_PAUSE_MILLISECONDS is '${pause}'; write whole milliseconds, such as 500`,
    });
  });
});
