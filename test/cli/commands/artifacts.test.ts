import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSha256 } from '../../../lib/artifact/file-sha256.ts';
import { pointerKey, versionKey } from '../../../lib/artifact/key.ts';
import type { Manifest } from '../../../lib/artifact/manifest.ts';
import type { Pointer } from '../../../lib/artifact/pointer.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { fakeCommandLine } from '../fake-world.ts';

const clock = fakeClock({ startsAt: '2026-11-20T06:35:00.000Z' });
const first = '20261119T131500Z-build-0';
const second = '20261120T063300Z-build-1';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flow-artifacts-'));
});
afterEach(() => rm(folder, { recursive: true }));

function aManifest(version: string, changes: Partial<Manifest> = {}): Manifest {
  return {
    name: 'verra_data_v2',
    version,
    status: 'published',
    columns: [
      { name: 'project', type: 'string', nullable: false },
      { name: 'quantity', type: 'int', nullable: false },
      { name: 'retired_on', type: 'date', nullable: true },
    ],
    rows: 2,
    bytes: 1_024,
    sha256: '4af09b12c1d3'.padEnd(64, '0'),
    rowsSha256: 'ab'.repeat(32),
    createdAt: '2026-11-20T06:33:02.000Z',
    flow: 'verra-data',
    execution: version.slice(version.indexOf('-') + 1),
    executionStartedAt: '2026-11-20T06:33:00.000Z',
    codeVersion: 'unversioned',
    previousVersion: version === second ? first : null,
    inputs: [{ name: 'raw_verra_data', version: second, sha256: 'cd'.repeat(32), rows: 3_012 }],
    notes: ['the source has no bridge data yet'],
    checks: [
      { name: 'columns', level: 'fail', passed: true, figure: 0, detail: '3 columns as promised' },
      { name: 'quantities', level: 'warn', passed: false, figure: 1, detail: '1 of 2 rows has no quantity' },
    ],
    ...changes,
  };
}

/** A store in which the artifact has two versions, the second with real data. */
async function aStore() {
  const store = memoryStore(clock);
  const file = join(folder, 'data.parquet');
  await using sql = await openSql({ workFolder: folder, threads: 1 });
  const rows = "('VCS 1', 120, NULL), ('VCS 2', 3500, DATE '2024-02-29')";
  await writeParquet(sql, `SELECT * FROM (VALUES ${rows}) AS t(project, quantity, retired_on)`, file);
  const manifest = aManifest(second, { sha256: await fileSha256(file) });
  await store.upload(versionKey('verra_data_v2', second, 'data.parquet'), file);
  await store.write(versionKey('verra_data_v2', first, 'data.parquet'), 'older');
  await store.write(versionKey('verra_data_v2', first, 'manifest.json'), JSON.stringify(aManifest(first)));
  await store.write(versionKey('verra_data_v2', second, 'manifest.json'), JSON.stringify(manifest));
  const pointer: Pointer = {
    name: 'verra_data_v2',
    version: second,
    sha256: manifest.sha256,
    rows: 2,
    previousVersion: first,
    executionStartedAt: '2026-11-20T06:33:00.000Z',
    publishedAt: '2026-11-20T06:33:02.000Z',
  };
  await store.write(pointerKey('verra_data_v2'), JSON.stringify(pointer));
  return store;
}

/** Digests differ with the Parquet writer's version. */
function withoutDigests(text: string): string {
  return text.replaceAll(/\b[0-9a-f]{64}\b/g, '<sha256>').replaceAll(/\b[0-9a-f]{12}\b/g, '<sha256>');
}

describe('flow artifacts', () => {
  it('lists what is published and where', async () => {
    const { stdout } = await fakeCommandLine({ artifacts: await aStore(), columns: 100 }).flow('artifacts');

    expect(withoutDigests(stdout)).toMatchInlineSnapshot(`
      "artifact       rows  published (UTC)   sha256        latest version
      verra_data_v2     2  2026-11-20 06:33  <sha256>  20261120T063300Z-build-1

      in memory://
      "
    `);
  });

  it('lists the versions of one artifact', async () => {
    const { stdout } = await fakeCommandLine({ artifacts: await aStore(), columns: 100 }).flow(
      'artifacts',
      'verra_data_v2',
    );

    expect(withoutDigests(stdout)).toMatchInlineSnapshot(`
      "version                   state      rows    bytes  sha256        flow
      20261120T063300Z-build-1  latest        2  1.0 KiB  <sha256>  verra-data
      20261119T131500Z-build-0  published     2  1.0 KiB  <sha256>  verra-data
      "
    `);
  });

  it('says so when nothing is published', async () => {
    const { stdout, exitCode } = await fakeCommandLine().flow('artifacts');

    expect({ stdout, exitCode }).toEqual({ stdout: 'nothing is published in memory:// yet\n', exitCode: 0 });
  });
});

describe('flow artifact', () => {
  it('shows facts, checks, and the columns with the first rows beside them', async () => {
    const { stdout } = await fakeCommandLine({ artifacts: await aStore(), columns: 100 }).flow(
      'artifact',
      'verra_data_v2',
    );

    expect(withoutDigests(stdout)).toMatchInlineSnapshot(`
      "artifact   verra_data_v2 20261120T063300Z-build-1
      rows       2 in 1.0 KiB
      made by    verra-data, execution build-1, code unversioned
      created    2026-11-20 06:33:02 UTC
      made from  raw_verra_data 20261120T063300Z-build-1, 3,012 rows
      note       the source has no bridge data yet
      before it  20261119T131500Z-build-0
      sha256     <sha256>
      of rows    <sha256>
      lies at    memory://artifacts/verra_data_v2/20261120T063300Z-build-1/data.parquet

      check       result   what was found
      columns     passed   3 columns as promised
      quantities  warning
        1 of 2 rows has no quantity

      column      type    row 1  row 2
      project     string  VCS 1  VCS 2
      quantity    int     120    3500
      retired_on  date?   null   2024-02-29
      "
    `);
  });

  it('prints the manifest and the rows as one JSON document', async () => {
    const { stdout } = await fakeCommandLine({ artifacts: await aStore() }).flow(
      'artifact',
      'verra_data_v2',
      '--rows',
      '1',
      '--json',
    );

    const { version, url, preview } = JSON.parse(stdout);
    expect({ version, url, preview }).toEqual({
      version: second,
      url: `memory://artifacts/verra_data_v2/${second}/data.parquet`,
      preview: [{ project: 'VCS 1', quantity: 120, retired_on: null }],
    });
  });

  it('leaves the data alone with --rows 0', async () => {
    const { stdout, exitCode } = await fakeCommandLine({ artifacts: await aStore() }).flow(
      ...['artifact', 'verra_data_v2', '--version', first, '--rows', '0', '--json'],
    );

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ version: first, preview: [] });
  });

  it.each([
    {
      name: 'an unknown name',
      argv: ['verra_data_v1'],
      says: "no artifact 'verra_data_v1' is published on 'local'; did you mean 'verra_data_v2'?",
    },
    {
      name: 'an unknown version',
      argv: ['verra_data_v2', '--version', '20200101T000000Z-x'],
      says: "artifact 'verra_data_v2' has no version '20200101T000000Z-x' on 'local'",
    },
    {
      name: 'a text that is no version',
      argv: ['verra_data_v2', '--version', 'latest'],
      says: "artifact version 'latest' is not of the form",
    },
    { name: 'a text that is no name', argv: ['Verra Data'], says: "artifact name 'Verra Data' is not allowed" },
    {
      name: 'a negative number of rows',
      argv: ['verra_data_v2', '--rows=-1'],
      says: "--rows is '-1'; it takes a whole number of 0 or more",
    },
  ])('says $name in a sentence and exits 2', async ({ argv, says }) => {
    const { stdout, stderr, exitCode } = await fakeCommandLine({ artifacts: await aStore() }).flow('artifact', ...argv);

    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(says);
  });
});
