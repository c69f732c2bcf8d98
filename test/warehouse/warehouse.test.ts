import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWarehouse } from '../../lib/warehouse/open-warehouse.ts';
import type { MergeTarget, Warehouse } from '../../lib/warehouse/warehouse.ts';
import { emptyWarehouse, noWaiting, warehouseKinds } from './a-warehouse.ts';

const articles: MergeTarget = {
  table: 'article',
  columns: { id: 'text', published_at: 'timestamptz', headline: 'text', words: 'integer' },
  key: ['id'],
  newestBy: 'published_at',
};

const row = (id: string, published_at: string, headline: string | null, words = 5) => ({
  ...{ id, published_at, headline, words },
});

describe.each(warehouseKinds)('a warehouse on $kind', ({ kind }) => {
  let place: Awaited<ReturnType<typeof emptyWarehouse>>;
  let warehouse: Warehouse;

  beforeAll(async () => {
    place = await emptyWarehouse(kind);
    warehouse = await openWarehouse(place.url, noWaiting);
    await warehouse.tx((session) =>
      session.run('CREATE TABLE article (id text PRIMARY KEY, published_at timestamptz, headline text, words integer)'),
    );
  });

  afterAll(async () => {
    await warehouse[Symbol.asyncDispose]();
    await place[Symbol.asyncDispose]();
  });

  const merge = (...rows: ReturnType<typeof row>[]) => warehouse.tx((session) => session.bulkUpsert(articles, rows));
  const headlineOf = async (id: string) =>
    (await warehouse.query('SELECT headline FROM article WHERE id = $1', [id]))[0]?.headline;

  it('says what answers', () => {
    expect(warehouse.kind).toBe(kind);
  });

  it('gives every type the same form', async () => {
    const query = `SELECT 1 AS int, 9007199254740991 AS big, 0.5::float8 AS float, 1.10::numeric AS exact, true AS yes,
      date '2024-02-29' AS day, timestamptz '2024-05-01 12:00:00.5+02' AS instant, '{"a": [1]}'::jsonb AS value,
      NULL AS nothing`;

    expect(await warehouse.query(query)).toEqual([
      {
        ...{ int: 1, big: 9_007_199_254_740_991, float: 0.5, exact: '1.10', yes: true, day: '2024-02-29' },
        ...{ instant: '2024-05-01T10:00:00.500Z', value: { a: [1] }, nothing: null },
      },
    ]);
  });

  it('takes any text through a merge unchanged', async () => {
    const headline = 'Tab\there, "quotes", \\N, back\\slash, line\nbreak, Beyoncé’s 🎉';

    await merge(row('text', '2024-05-01T12:00:00Z', headline), row('null', '2024-05-01T12:00:00Z', null));

    expect([await headlineOf('text'), await headlineOf('null')]).toEqual([headline, null]);
  });

  it('changes nothing when rows come again, and says so', async () => {
    const rows = [row('a', '2024-05-01T12:00:00Z', 'One'), row('b', '2024-05-01T12:00:00Z', 'Two')];

    expect([await merge(...rows), await merge(...rows)]).toEqual([2, 0]);
  });

  it.each([
    {
      name: 'the newer of two',
      rows: [row('x1', '2024-05-02T00:00:00Z', 'New'), row('x1', '2024-05-01T00:00:00Z', 'Old')],
      stays: 'New',
    },
    {
      name: 'the later of equals',
      rows: [row('x2', '2024-05-01T00:00:00Z', 'First'), row('x2', '2024-05-01T00:00:00Z', 'Last')],
      stays: 'Last',
    },
  ])('keeps $name in one merge and over several', async ({ rows, stays }) => {
    const id = rows[0]?.id ?? '';

    await merge(...rows);
    const together = await headlineOf(id);
    for (const one of rows) await merge(one);

    expect([together, await headlineOf(id)]).toEqual([stays, stays]);
  });

  it('merges more rows than fit into one statement', async () => {
    const many = Array.from({ length: 20_001 }, (_, index) => row(`many-${index}`, '2024-05-01T00:00:00Z', 'Many'));

    expect(await merge(...many)).toBe(20_001);
    expect(await warehouse.query("SELECT count(*) AS rows FROM article WHERE headline = 'Many'")).toEqual([
      { rows: 20_001 },
    ]);
  });

  it('keeps nothing of a transaction that fails, and goes on afterwards', async () => {
    const failing = warehouse.tx(async (session) => {
      await session.bulkUpsert(articles, [row('lost', '2024-05-01T00:00:00Z', 'Lost')]);
      await session.query('SELECT 1 / $1::integer', [0]);
    });

    await expect(failing).rejects.toThrow('division by zero');
    expect(await headlineOf('lost')).toBeUndefined();
  });

  it('rolls back when the caller aborts', async () => {
    const abort = new AbortController();
    await using impatient = await openWarehouse(place.url, { ...noWaiting, signal: abort.signal });

    const stopped = impatient.tx(async (session) => {
      await session.bulkUpsert(articles, [row('stopped', '2024-05-01T00:00:00Z', 'Stopped')]);
      abort.abort(new Error('enough'));
    });

    await expect(stopped).rejects.toThrow('enough');
    expect(await headlineOf('stopped')).toBeUndefined();
  });

  it.each([
    {
      name: 'values that do not fit',
      sql: "INSERT INTO article (id, words) VALUES ('w', 'many')",
      error: 'InvalidDataError',
    },
    { name: 'a key that is taken', sql: "INSERT INTO article (id) VALUES ('k'), ('k')", error: 'InvalidDataError' },
    { name: 'SQL that is wrong', sql: 'SELECT wrong FROM nowhere', error: 'Error' },
  ])('calls $name by a name that the state machine knows', async ({ sql, error }) => {
    await expect(warehouse.query(sql)).rejects.toMatchObject({ name: error });
  });
});

describe('openWarehouse', () => {
  it.each(['mysql://user:secret@host/db', 'not an address'])('refuses %s without repeating it', async (url) => {
    await expect(openWarehouse(url, noWaiting)).rejects.toThrow(
      "WAREHOUSE_URL is no address of a warehouse; it must begin with 'file://' (embedded) or 'postgres://' (a server)",
    );
  });

  it('says that a server is away, without the password', async () => {
    await using warehouse = await openWarehouse('postgres://someone:topsecret@127.0.0.1:1/flows', noWaiting);

    const error = await warehouse.query('SELECT 1').catch((caught: unknown) => caught);

    expect(error).toMatchObject({ name: 'WarehouseUnavailableError' });
    expect(String(error)).toContain('ECONNREFUSED');
    expect(String(error)).not.toContain('topsecret');
  });
});
