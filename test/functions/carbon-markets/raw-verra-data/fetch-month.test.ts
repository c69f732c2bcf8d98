import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchMonth } from '../../../../functions/carbon-markets/raw-verra-data/fetch-month.ts';
import { fixedSource } from '../../../../lib/secret/fixed-source.ts';
import { taskHandler } from '../../../../lib/task/task-handler.ts';
import { startSampleServer } from '../../../../samples/server.ts';
import { sampleVerraRecords, type VerraRecord } from '../../../../samples/verra-blocks.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { taskPayload, testWorld } from '../../../support/test-world.ts';
import { openWorkshop } from '../raw-blocks.ts';

const january = sampleVerraRecords().filter(({ issuanceDate }) => issuanceDate.startsWith('2024-01'));
const good = january.filter(({ quantity }) => typeof quantity === 'number');

/** Fetches January 2024 from a registry of these records, and what it left in the store. */
async function fetchJanuary(records: readonly VerraRecord[], maxRecords = 300) {
  const server = await startSampleServer({ verra: { records, maxRecords } });
  const world = testWorld({ settings: fixedSource(server.settings), clock: fakeClock({ autoAdvance: true }) });
  try {
    const payload = taskPayload({ month: '2024-01', dryRun: false }, { stateName: 'FetchMonth', mapIndex: 3 });
    const part = fetchMonth.output.parse(await taskHandler(fetchMonth, world)(payload));
    return { part, world };
  } finally {
    await server.close();
  }
}

describe('fetchMonth', () => {
  it('stores the rows as delivered and answers where they lie', async () => {
    await using workshop = await openWorkshop();
    const { part, world } = await fetchJanuary(good);

    const file = join(workshop.folder, 'part.parquet');
    await writeFile(file, (await world.artifacts.read(part.key)).bytes);

    expect(part).toEqual({
      month: '2024-01',
      key: 'results/test-flow/2026/01/01/test-execution/FetchMonth/3/1.2024-01.parquet',
      rows: good.length,
      furtherKeys: ['externalSerialNumber'],
    });
    const rows = await workshop.sql.rows(`SELECT serial_number, quantity_issued FROM '${file}'`);
    expect(rows).toEqual(
      good.map((record) => ({ serial_number: record.serialNumbers, quantity_issued: record.quantity })),
    );
  });

  it('brings the same rows when the registry cuts its answers short', async () => {
    const whole = await fetchJanuary(good);
    const halved = await fetchJanuary(good, 40);

    expect(await halved.world.artifacts.read(halved.part.key)).toEqual(
      await whole.world.artifacts.read(whole.part.key),
    );
  });

  it('sets malformed records aside with the reasons', async () => {
    const { part, world } = await fetchJanuary(january);
    const { bytes } = await world.artifacts.read(part.rejected?.key ?? '');

    expect(part).toMatchObject({ rows: january.length - 1, rejected: { records: 1 } });
    expect(JSON.parse(Buffer.from(bytes).toString('utf8'))).toEqual({
      reasons: ['quantity is "5,880": Invalid input: expected number, received string'],
      record: january.find(({ quantity }) => quantity === '5,880'),
    });
  });

  it('stores an empty month too', async () => {
    const { part, world } = await fetchJanuary([{ ...good[0], issuanceDate: '2024-02-01' }]);

    expect(part).toMatchObject({ rows: 0, furtherKeys: [] });
    expect(await world.artifacts.head(part.key)).toBeDefined();
  });

  it('fails when a single day is cut short', async () => {
    await expect(fetchJanuary(good, 1)).rejects.toMatchObject({ name: 'InvalidDataError' });
  });

  it('fails when the registry no longer heeds the days it is asked for', async () => {
    const february = { ...good[0], issuanceDate: '2024-02-01', serialNumbers: '1-1-9' };
    const answer = { totalCount: 1, countExceeded: false, value: [february] };
    const heedless = createServer((_, response) => response.end(JSON.stringify(answer)));
    await new Promise<void>((resolve) => heedless.listen(0, '127.0.0.1', resolve));
    const { port } = heedless.address() as AddressInfo; // what listening on a port gives
    const settings = fixedSource({ VERRA_API_URL: `http://127.0.0.1:${port}`, VERRA_PAUSE_MILLISECONDS: '0' });

    const world = testWorld({ settings, clock: fakeClock({ autoAdvance: true }) });
    const fetching = taskHandler(fetchMonth, world)(taskPayload({ month: '2024-01', dryRun: false }));

    await expect(fetching).rejects.toMatchObject({
      name: 'InvalidDataError',
      message:
        'the registry was asked for blocks issued from 2024-01-01 to 2024-01-31 and answered 1-1-9, issued on 2024-02-01',
    });
    heedless.close();
  });

  it('takes the records that come with the code in a dry run, and asks no one', async () => {
    const world = testWorld();
    const payload = taskPayload({ month: '2024-02', dryRun: true });

    expect(await taskHandler(fetchMonth, world)(payload)).toMatchObject({ month: '2024-02', rows: 5 });
  });
});
