import { expect, it } from 'vitest';
import { publicationDates } from '../../../functions/consultation-documents/publication-dates.ts';
import { columns } from '../../../lib/contract.ts';
import { loadRows } from '../../../lib/table/load-rows.ts';
import { testSql } from './tables.ts';

async function datesOf(dates: readonly (readonly [string, string | null])[], latestDay?: string) {
  const sql = await testSql();
  const table = {
    name: 'documents',
    columns: columns({ position: 'int', consultation_start_date: 'ts', document_publication_date: 'ts?' }),
  };
  const rows = dates.map(([start, published], position) => ({
    position,
    consultation_start_date: start,
    document_publication_date: published,
  }));
  await loadRows(sql, table, rows);
  const dated = await sql.rows(publicationDates('documents', { latestDay }));
  return dated.map((row) => row.document_publication_date);
}

it('10.4 erases publication dates before the first consultation of all began', async () => {
  const [a, d, e] = await datesOf([
    ['2024-03-01', '2024-03-02'],
    ['2023-05-10', '1970-01-01'],
    ['2023-05-10', '2023-05-09'],
  ]);

  expect([a, d, e]).toEqual(['2024-03-02T00:00:00.000Z', null, null]);
});

it('erases publication dates after the latest day that is possible', async () => {
  const dates = await datesOf(
    [
      ['2024-03-01', '2026-11-20T23:00:00'],
      ['2024-03-01', '2026-11-21'],
      ['2024-03-01', '2215-01-01'],
    ],
    '2026-11-20',
  );

  expect(dates).toEqual(['2026-11-20T23:00:00.000Z', null, null]);
});
