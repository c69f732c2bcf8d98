import { describe, expect, it } from 'vitest';
import { migrate } from '../../lib/warehouse/migrate.ts';
import { openWarehouse } from '../../lib/warehouse/open-warehouse.ts';
import { emptyWarehouse, noWaiting, warehouseKinds } from './a-warehouse.ts';

const first = { name: '001-shelf.sql', sql: 'CREATE TABLE shelf (book text)' };
const second = {
  name: '002-row.sql',
  sql: "ALTER TABLE shelf ADD COLUMN place text; INSERT INTO shelf VALUES ('a', 'b')",
};

describe.each(warehouseKinds)('migrate on $kind', ({ kind }) => {
  it('applies each migration once, in order, also when several begin at the same time', async () => {
    await using place = await emptyWarehouse(kind);
    await using one = await openWarehouse(place.url, noWaiting);
    await using other = await openWarehouse(place.url, noWaiting);

    const applied = await Promise.all([migrate(one, [first, second]), migrate(other, [first, second])]);

    expect(applied.flat()).toEqual([first.name, second.name]);
    expect(await one.query('SELECT * FROM shelf')).toEqual([{ book: 'a', place: 'b' }]);
    expect(await migrate(one, [first, second])).toEqual([]);
  });

  it('applies none when one of them is wrong', async () => {
    await using place = await emptyWarehouse(kind);
    await using warehouse = await openWarehouse(place.url, noWaiting);

    await expect(migrate(warehouse, [first, { name: '002-row.sql', sql: 'CREATE TABEL' }])).rejects.toThrow('TABEL');

    expect(await migrate(warehouse, [first])).toEqual([first.name]);
  });

  it('refuses a migration that was changed afterwards, and a list that lacks one', async () => {
    await using place = await emptyWarehouse(kind);
    await using warehouse = await openWarehouse(place.url, noWaiting);
    await migrate(warehouse, [first, second]);

    await expect(migrate(warehouse, [first, { ...second, sql: 'SELECT 1' }])).rejects.toThrow(
      'migration 002-row.sql was changed after it had been applied; add a new one instead',
    );
    await expect(migrate(warehouse, [first])).rejects.toThrow('does not know: 002-row.sql; update the code');
  });
});
