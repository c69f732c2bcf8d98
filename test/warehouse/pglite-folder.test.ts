import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { closeUnusedWarehouses, openWarehouse } from '../../lib/warehouse/open-warehouse.ts';
import { noWaiting } from './a-warehouse.ts';

describe('an embedded warehouse in a folder', () => {
  it('keeps its rows, is one for all who open it, and is closed with the last of them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'warehouse-'));
    // what a crash left while the folder was made
    await mkdir(join(folder, 'new-left-by-a-crash'));
    const url = pathToFileURL(folder).href;
    {
      await using one = await openWarehouse(url, noWaiting);
      await using other = await openWarehouse(url, noWaiting);
      await one.tx((session) => session.run("CREATE TABLE kept AS SELECT 'yes' AS answer"));
      await one[Symbol.asyncDispose]();
      expect(await other.query('SELECT answer FROM kept')).toEqual([{ answer: 'yes' }]);
    }
    await closeUnusedWarehouses();

    await using again = await openWarehouse(url, noWaiting);

    expect(await again.query('SELECT answer FROM kept')).toEqual([{ answer: 'yes' }]);
    expect(await readdir(folder)).not.toContain('new-left-by-a-crash');
    await again[Symbol.asyncDispose]();
    await closeUnusedWarehouses();
    await rm(folder, { recursive: true });
  });

  it('does not open what another process has open', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'warehouse-'));
    using lock = new DatabaseSync(join(folder, 'lock.sqlite'));
    lock.exec('BEGIN IMMEDIATE');

    const opening = openWarehouse(pathToFileURL(folder).href, noWaiting);

    await expect(opening).rejects.toMatchObject({ name: 'WarehouseUnavailableError' });
    await rm(folder, { recursive: true });
  });
});
