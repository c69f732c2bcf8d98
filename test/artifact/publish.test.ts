import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { listVersions, resolveArtifact } from '../../lib/artifact/catalog.ts';
import { readManifest, readRejectedManifest } from '../../lib/artifact/manifest.ts';
import { publishArtifact } from '../../lib/artifact/publish.ts';
import { ArtifactSupersededError } from '../../lib/artifact/publish-errors.ts';
import { columns } from '../../lib/contract.ts';
import { InvalidDataError } from '../../lib/errors.ts';
import { complaintsAbout } from './complaints.ts';
import { aPublisher, blockRows, blocks, openTables } from './publishing.ts';

let tables: Awaited<ReturnType<typeof openTables>>;
let hundred: string;
let hundredOthers: string;
let ninetyEight: string;
beforeAll(async () => {
  tables = await openTables();
  hundred = await tables.of(blockRows(100));
  hundredOthers = await tables.of(blockRows(100, 2));
  ninetyEight = await tables.of(blockRows(98));
});
afterAll(() => tables[Symbol.asyncDispose]());

const publish = (publisher = aPublisher(), dataFile = hundred) =>
  publishArtifact(publisher, blocks, { dataFile, inputs: [] });

describe('a first publish', () => {
  test('answers what readers get', async () => {
    const publication = await publish();

    expect(publication).toEqual({
      artifact: 'blocks',
      version: '20261120T061500Z-run-20',
      status: 'published',
      rows: 100,
      bytes: expect.any(Number),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      rowsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      key: 'artifacts/blocks/20261120T061500Z-run-20/data.parquet',
      url: 'memory:///artifacts/blocks/20261120T061500Z-run-20/data.parquet',
    });
  });

  test('writes the layout of the store, and nothing else', async () => {
    const publisher = aPublisher();

    await publish(publisher);

    expect(await keysOf(publisher.artifacts)).toEqual([
      'artifacts/blocks-latest.parquet',
      'artifacts/blocks/20261120T061500Z-run-20/data.parquet',
      'artifacts/blocks/20261120T061500Z-run-20/manifest.json',
      'artifacts/blocks/announced.json',
      'artifacts/blocks/latest.json',
    ]);
    expect(await complaintsAbout(publisher.artifacts)).toEqual([]);
  });

  test('leaves a manifest with lineage, window, code version and the figures of the checks', async () => {
    const publisher = aPublisher();
    const inputs = [{ name: 'raw_blocks', version: '20261119T000000Z-x', sha256: 'f'.repeat(64), rows: 101 }];
    const sourceWindow = { from: '2024-01', to: '2025-12' };

    const { sha256, bytes, rowsSha256, version } = await publishArtifact(publisher, blocks, {
      dataFile: hundred,
      inputs,
      sourceWindow,
    });

    expect(await readManifest(publisher.artifacts, 'blocks', version)).toEqual({
      name: 'blocks',
      version,
      status: 'published',
      columns: blocks.columns,
      rows: 100,
      bytes,
      sha256,
      rowsSha256,
      createdAt: '2026-11-20T06:15:00.000Z',
      flow: 'block-data',
      execution: 'run-20',
      executionStartedAt: '2026-11-20T06:15:00.000Z',
      codeVersion: 'abc123',
      previousVersion: null,
      inputs,
      sourceWindow,
      checks: expect.arrayContaining([
        { name: 'rows', level: 'fail', passed: true, figure: 100, detail: '100 rows; no earlier version' },
      ]),
    });
  });

  test('emits one event that says what is new', async () => {
    const publisher = aPublisher();

    const { version, sha256, bytes, key } = await publish(publisher);

    expect(publisher.emitted).toEqual([
      {
        source: 'data-flows.block-data',
        detailType: 'Artifact Published',
        detail: {
          artifact: 'blocks',
          version,
          previousVersion: null,
          rows: 100,
          bytes,
          sha256,
          key,
          execution: 'run-20',
        },
      },
    ]);
  });
});

describe('a further publish', () => {
  test('moves the pointer and the plain copy on, and keeps the version before', async () => {
    const first = aPublisher({ day: 20 });
    await publish(first);

    const second = await publish(aPublisher({ day: 21, artifacts: first.artifacts }), hundredOthers);

    expect(await resolveArtifact(first.artifacts, 'blocks')).toMatchObject({ version: second.version });
    const versions = await listVersions(first.artifacts, 'blocks');
    expect(versions.map(({ manifest, isLatest }) => [manifest.execution, isLatest])).toEqual([
      ['run-21', true],
      ['run-20', false],
    ]);
    expect(await complaintsAbout(first.artifacts)).toEqual([]);
  });

  test('publishes nothing when rows and columns are those of the version before', async () => {
    const first = aPublisher({ day: 20 });
    const published = await publish(first);
    const before = await keysOf(first.artifacts);
    const second = aPublisher({ day: 21, artifacts: first.artifacts });

    const publication = await publish(second, await tables.of(blockRows(100)));

    expect(publication).toEqual({ ...published, status: 'unchanged' });
    expect(await keysOf(first.artifacts)).toEqual(before);
    expect(second.emitted).toEqual([]);
  });

  test('by the same execution changes nothing', async () => {
    const publisher = aPublisher();
    const published = await publish(publisher);
    const before = await Array.fromAsync(publisher.artifacts.list(''));

    const again = await publish(publisher, hundredOthers);

    expect(again).toEqual(published);
    expect(await Array.fromAsync(publisher.artifacts.list(''))).toEqual(before);
    expect(publisher.emitted).toHaveLength(1);
  });

  test('never replaces the version of an execution that started later', async () => {
    const newer = aPublisher({ day: 21 });
    await publish(newer);
    const before = await keysOf(newer.artifacts);

    const publishing = publish(aPublisher({ day: 20, artifacts: newer.artifacts }), hundredOthers);

    await expect(publishing).rejects.toThrow(ArtifactSupersededError);
    expect(await keysOf(newer.artifacts)).toEqual(before);
  });
});

describe('a table that breaks its promises', () => {
  test('is not published but kept with the reasons, which the error says too', async () => {
    const publisher = aPublisher();
    const negative = await tables.of(`SELECT 'B1' AS serial, -5 AS quantity UNION ALL ${blockRows(1)}`);

    const publishing = publish(publisher, negative);

    await expect(publishing).rejects.toThrow(InvalidDataError);
    await expect(publishing).rejects.toThrow(
      /^artifact 'blocks' is not published, because quantity not negative: .*B1/,
    );
    expect(await keysOf(publisher.artifacts)).toEqual([
      'rejected/blocks/20261120T061500Z-run-20/data.parquet',
      'rejected/blocks/20261120T061500Z-run-20/manifest.json',
    ]);
    const manifest = await readRejectedManifest(publisher.artifacts, 'blocks', '20261120T061500Z-run-20');
    expect(manifest).toMatchObject({ status: 'rejected', reasons: [expect.stringContaining('quantity not negative')] });
    expect(publisher.emitted).toEqual([]);
  });

  test('with other columns than the contract is kept with the columns it has', async () => {
    const publisher = aPublisher();

    await expect(publish(publisher, await tables.of("SELECT 'B1' AS serial, 'many' AS amount"))).rejects.toThrow(
      /because columns: /,
    );

    const manifest = await readRejectedManifest(publisher.artifacts, 'blocks', '20261120T061500Z-run-20');
    expect(manifest.columns.map(({ name }) => name)).toEqual(['serial', 'amount']);
  });
});

describe('drift against the version before', () => {
  const wider = { ...blocks, columns: columns({ serial: 'string', quantity: 'int?', note: 'string?' }) };
  const widerRows = `SELECT *, NULL::VARCHAR AS note FROM (${blockRows(100)})`;

  test.each([
    { name: 'as many rows', rows: blockRows(100, 2), publishes: true },
    { name: 'one percent fewer', rows: blockRows(99), publishes: true },
    { name: 'more than one percent fewer', rows: blockRows(98), publishes: false },
    { name: 'one row fewer of an append-only table', rows: blockRows(99), minRowsRatio: 1, publishes: false },
  ])('$name: publishes $publishes', async ({ rows, minRowsRatio, publishes }) => {
    const first = aPublisher({ day: 20 });
    await publish(first);
    const contract = { ...blocks, ...(minRowsRatio !== undefined && { minRowsRatio }) };
    const second = aPublisher({ day: 21, artifacts: first.artifacts });

    const error = await publishArtifact(second, contract, { dataFile: await tables.of(rows), inputs: [] }).then(
      () => undefined,
      (thrown: Error) => thrown.message,
    );

    expect(error === undefined).toBe(publishes);
    if (!publishes) {
      expect(error).toContain('rows: ');
      expect(error).toContain('accept {"artifact":"blocks","version":"20261120T061500Z-run-20"}');
    }
  });

  test('refuses a contract with other columns than readers have, and says which', async () => {
    const first = aPublisher({ day: 20 });
    await publish(first);
    const second = aPublisher({ day: 21, artifacts: first.artifacts });

    const publishing = publishArtifact(second, wider, { dataFile: await tables.of(widerRows), inputs: [] });

    await expect(publishing).rejects.toThrow(
      'columns-unchanged: other columns than version 20261120T061500Z-run-20 (new: note string?)',
    );
  });

  test.each([
    { name: 'the version that readers have', version: '20261120T061500Z-run-20' },
    { name: 'the version that was rejected for it', version: '20261121T061500Z-run-21' },
  ])('is released once by an override of $name, which is logged', async ({ version }) => {
    const first = aPublisher({ day: 20 });
    await publish(first);
    const [second, third, fourth] = [21, 22, 23].map((day) => aPublisher({ day, artifacts: first.artifacts }));
    await expect(publish(second, ninetyEight)).rejects.toThrow(InvalidDataError);
    const accept = { artifact: 'blocks', version };

    await publishArtifact(third ?? first, blocks, { dataFile: ninetyEight, inputs: [], accept });

    expect(third?.logged).toContain('drift is accepted by an override');
    const manifest = await readManifest(first.artifacts, 'blocks', '20261122T061500Z-run-22');
    expect(manifest.accepted).toBe('20261120T061500Z-run-20');
    expect(manifest.checks).toContainEqual(
      expect.objectContaining({ name: 'rows', level: 'warn', passed: false, figure: 98 }),
    );
    const again = { dataFile: await tables.of(blockRows(50)), inputs: [], accept };
    await expect(publishArtifact(fourth ?? first, blocks, again)).rejects.toThrow(InvalidDataError);
    expect(fourth?.logged).toContain('the override is used up or about another version; it is ignored');
  });

  test('an override releases no other rule', async () => {
    const first = aPublisher({ day: 20 });
    const { version } = await publish(first);
    const dataFile = await tables.of("SELECT 'B1' AS serial, -5::BIGINT AS quantity");
    const accept = { artifact: 'blocks', version };

    const second = aPublisher({ day: 21, artifacts: first.artifacts });

    await expect(publishArtifact(second, blocks, { dataFile, inputs: [], accept })).rejects.toThrow(
      'because quantity not negative',
    );
  });
});

describe('a version before that cannot be read', () => {
  test.each([
    { name: 'the pointer is no JSON', key: 'artifacts/blocks/latest.json', text: '{"version":' },
    { name: 'the pointer lacks a field', key: 'artifacts/blocks/latest.json', text: '{"name":"blocks"}' },
    { name: 'the manifest is gone', key: 'artifacts/blocks/20261120T061500Z-run-20/manifest.json', text: undefined },
    { name: 'the manifest is damaged', key: 'artifacts/blocks/20261120T061500Z-run-20/manifest.json', text: '[]' },
  ])('fails the publish instead of skipping the drift check: $name', async ({ key, text }) => {
    const first = aPublisher({ day: 20 });
    await publish(first);
    if (text === undefined) await first.artifacts.remove([key]);
    else await first.artifacts.write(key, text);
    const before = await keysOf(first.artifacts);

    const publishing = publish(aPublisher({ day: 21, artifacts: first.artifacts }), hundredOthers);

    await expect(publishing).rejects.toThrow(text === undefined ? 'nothing is stored under' : 'is damaged');
    expect(await keysOf(first.artifacts)).toEqual(before);
  });
});

async function keysOf(store: ArtifactStore): Promise<string[]> {
  return (await Array.fromAsync(store.list(''))).map(({ key }) => key);
}
