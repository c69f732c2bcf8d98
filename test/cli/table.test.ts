import { expect, it } from 'vitest';
import { renderTable } from '../../lib/cli/table.ts';

const columns = [{ title: 'name', flexible: true }, { title: 'rows', align: 'right' }, { title: 'sha256' }] as const;
const rows = [
  { cells: ['raw_verra_data', '3,012', '4af09b'], note: 'lies here' },
  { cells: ['verra_data_v2', '12', '8c11de'] },
];
const plain = (_: string, text: string) => text;

it('lines columns up, two blanks apart, with notes below their rows', () => {
  expect(renderTable(columns, rows, { width: 80, paint: plain })).toMatchInlineSnapshot(`
    "name             rows  sha256
    raw_verra_data  3,012  4af09b
      lies here
    verra_data_v2      12  8c11de"
  `);
});

it('shortens flexible columns until the table fits', () => {
  const table = renderTable(columns, rows, { width: 24, paint: plain });

  expect(table).toMatchInlineSnapshot(`
    "name        rows  sha256
    raw_verr…  3,012  4af09b
      lies here
    verra_da…     12  8c11de"
  `);
});

it('keeps every column whole when nobody says how wide the output is', () => {
  const long = 'x'.repeat(300);

  expect(
    renderTable(columns, [{ cells: [long, '1', 'a'] }], { width: Number.POSITIVE_INFINITY, paint: plain }),
  ).toContain(long);
});

it('leaves optional columns out before it shortens others', () => {
  const optional = [columns[0], { ...columns[1], optional: true }, columns[2]];

  expect(renderTable(optional, rows, { width: 22, paint: plain })).toMatchInlineSnapshot(`
    "name            sha256
    raw_verra_data  4af09b
      lies here
    verra_data_v2   8c11de"
  `);
});
