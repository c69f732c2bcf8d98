import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readManifest } from '../../lib/artifact/manifest.ts';
import { readPointer } from '../../lib/artifact/pointer.ts';
import { publishArtifact } from '../../lib/artifact/publish.ts';
import type { FlowEvent } from '../../lib/event/event-bus.ts';
import { complaintsAbout } from './complaints.ts';
import { Crash, crashingAfter } from './crashing-store.ts';
import { aPublisher, blockRows, blocks, openTables } from './publishing.ts';

let tables: Awaited<ReturnType<typeof openTables>>;
let oldFile: string;
let newFile: string;
let newestFile: string;
beforeAll(async () => {
  tables = await openTables();
  oldFile = await tables.of(blockRows(20, 1));
  newFile = await tables.of(blockRows(20, 2));
  newestFile = await tables.of(blockRows(20, 3));
});
afterAll(() => tables[Symbol.asyncDispose]());

const changes = ['data', 'manifest', 'pointer', 'plain copy', 'event', 'note'];
const crashes = [false, true].flatMap((hasOld) =>
  changes.map((change, steps) => ({ hasOld, steps, name: `before its ${change} is written, ${over(hasOld)}` })),
);

describe.each(crashes)('a publish that crashes $name', ({ hasOld, steps }) => {
  const isFlipped = steps > changes.indexOf('pointer');

  async function crashed() {
    const emitted: FlowEvent[] = [];
    const old = aPublisher({ day: 20, emitted });
    if (hasOld) await publishArtifact(old, blocks, { dataFile: oldFile, inputs: [] });
    const publisher = aPublisher({ day: 21, artifacts: old.artifacts, emitted });
    const world = crashingAfter(steps, { artifacts: publisher.artifacts, events: publisher.events });
    const publishing = publishArtifact({ ...publisher, ...world }, blocks, { dataFile: newFile, inputs: [] });
    await expect(publishing).rejects.toThrow(Crash);
    return publisher;
  }

  test('leaves readers the old version or the new one, whole', async () => {
    const { artifacts } = await crashed();

    expect(await complaintsAbout(artifacts)).toEqual([]);
    const version = (await readPointer(artifacts, 'blocks'))?.pointer.version;
    expect(version).toBe(isFlipped ? '20261121T061500Z-run-21' : hasOld ? '20261120T061500Z-run-20' : undefined);
  });

  test('is completed by the same execution, which neither loses the event nor stores twice', async () => {
    const publisher = await crashed();

    const publication = await publishArtifact(publisher, blocks, { dataFile: newFile, inputs: [] });

    expect(publication).toMatchObject({ status: 'published', version: '20261121T061500Z-run-21' });
    await expectAnnounced(publisher, publication.version);
  });

  test('is completed by the same execution even when its source has changed since', async () => {
    const publisher = await crashed();

    const publication = await publishArtifact(publisher, blocks, { dataFile: newestFile, inputs: [] });

    expect(publication).toMatchObject({ status: 'published', version: '20261121T061500Z-run-21' });
    await expectAnnounced(publisher, publication.version);
  });

  test('is made up for by the next execution, also when that has nothing new', async () => {
    const { artifacts, emitted } = await crashed();
    const next = aPublisher({ day: 22, artifacts, emitted });

    const publication = await publishArtifact(next, blocks, { dataFile: newFile, inputs: [] });

    expect(publication.status).toBe(isFlipped ? 'unchanged' : 'published');
    await expectAnnounced(next, publication.version);
  });

  async function expectAnnounced({ artifacts, emitted }: ReturnType<typeof aPublisher>, version: string) {
    expect(await complaintsAbout(artifacts)).toEqual([]);
    const { sha256 } = await readManifest(artifacts, 'blocks', version);
    const { bytes } = await artifacts.read('artifacts/blocks-latest.parquet');
    const copied = Buffer.from(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))).toString('hex');
    expect(copied).toBe(sha256);
    const events = emitted.filter((event) => event.detail.version === version);
    // a crash between the event and the note of it is the one case of two
    expect(events.length).toBe(steps === changes.indexOf('note') && version.endsWith('run-21') ? 2 : 1);
  }
});

function over(hasOld: boolean): string {
  return hasOld ? 'over an old version' : 'where there was none';
}
