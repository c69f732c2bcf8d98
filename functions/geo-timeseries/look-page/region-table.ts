import { type CsvRow, figure } from './csv-rows.ts';
import { escapeHtml, regionText, shortNumber } from './html.ts';

const mostRows = 20;

/** Regions of one period, the largest sums first, at most twenty. */
export function regionTable(rows: readonly CsvRow[]): string {
  const sumOf = (row: CsvRow) => figure(row, 's_sum_t_sum') ?? 0;
  const sorted = [...rows].sort((a, b) => sumOf(b) - sumOf(a));
  const largest = Math.max(...sorted.map(sumOf), 0);
  const lines = sorted.slice(0, mostRows).map((row) => {
    const share = largest === 0 ? 0 : Math.max(0, (sumOf(row) / largest) * 100);
    return `<tr><th scope="row">${escapeHtml(regionText(row.id ?? ''))}</th>
<td class="bar" style="--share:${share.toFixed(1)}%">${cell(row, 's_sum_t_sum')}</td><td>${cell(row, 's_mean_t_mean')}</td><td>${escapeHtml(row.s_count ?? '')}</td></tr>`;
  });
  const more = sorted.length > mostRows ? `<p class="note">and ${sorted.length - mostRows} more</p>` : '';
  return `<table><thead><tr><th scope="col">region</th><th scope="col">s_sum_t_sum</th><th scope="col">s_mean_t_mean</th><th scope="col">s_count</th></tr></thead>
<tbody>${lines.join('\n')}</tbody></table>${more}`;
}

function cell(row: CsvRow, name: string): string {
  const value = figure(row, name);
  return value === undefined ? escapeHtml(row[name] ?? '') : `<span title="${value}">${shortNumber(value)}</span>`;
}
