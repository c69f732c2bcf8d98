import type { Manifest } from '../artifact/manifest.ts';
import type { Json } from '../json.ts';
import type { Invocation } from './command.ts';
import { type Fact, renderFacts } from './facts.ts';
import { formatBytes, formatCount, formatTime } from './format.ts';
import { formatPlace } from './place.ts';
import { renderTable } from './table.ts';
import { type Paint, paintFor, widthOf } from './terminal.ts';

type Row = Readonly<Record<string, Json>>;
interface Style {
  readonly width: number;
  readonly paint: Paint;
}

const narrowestValue = 14;
const widestValue = 24;

/** One version for a person: what it is, where it comes from, its checks, its columns with the first rows beside them. */
export function sayManifest(
  { world, terminal }: Invocation,
  manifest: Manifest,
  { preview, url }: { preview: readonly Row[]; url: string },
): string {
  const style = { width: widthOf(terminal.stdout), paint: paintFor(terminal.stdout) };
  return [
    renderFacts(factsOf(manifest, formatPlace(url, world.homeFolder)), style),
    checkTable(manifest, style),
    ...columnTables(manifest, preview, style),
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

function factsOf(manifest: Manifest, place: string): Fact[] {
  const window = Object.entries(manifest.sourceWindow ?? {}).map(([name, value]) => `${name} ${value}`);
  return [
    ['artifact', `${manifest.name} ${manifest.version}`],
    ['rows', `${formatCount(manifest.rows)} in ${formatBytes(manifest.bytes)}`],
    ['made by', `${manifest.flow}, execution ${manifest.execution}, code ${manifest.codeVersion}`],
    ['created', `${formatTime(manifest.createdAt)} UTC`],
    ...manifest.inputs.map(
      ({ name, version, rows }): Fact => ['made from', `${name} ${version}, ${formatCount(rows)} rows`],
    ),
    ...(window.length > 0 ? [['source', window.join(', ')] as const] : []),
    ...(manifest.notes ?? []).map((note): Fact => ['note', note]),
    ['before it', manifest.previousVersion ?? 'nothing'],
    ['sha256', manifest.sha256],
    ['of rows', manifest.rowsSha256],
    ['lies at', place],
  ];
}

function checkTable({ checks }: Manifest, style: Style): string {
  if (checks.length === 0) return '';
  const columns = [{ title: 'check' }, { title: 'result' }, { title: 'what was found', flexible: true }];
  const rows = checks.map(({ name, level, passed, detail }) => ({
    cells: [name, sayResult(passed, level, style.paint), passed ? detail : ''],
    // what went wrong is never cut short
    ...(!passed && { note: detail }),
  }));
  return renderTable(columns, rows, style);
}

function sayResult(passed: boolean, level: 'fail' | 'warn', paint: Paint): string {
  if (passed) return paint('green', 'passed');
  return level === 'warn' ? paint('yellow', 'warning') : paint('red', 'failed');
}

/** Tables are wider than terminals, so a column of data is a line here, and rows stand side by side, a few at a time. */
function columnTables({ columns }: Manifest, preview: readonly Row[], style: Style): string[] {
  const widest = Math.max(...columns.map(({ name }) => name.length), 'column'.length);
  const room = Math.floor((style.width - widest - 'string?'.length - 2) / (narrowestValue + 2));
  const rowsPerTable = Math.min(Math.max(1, preview.length), Math.max(1, room), 8);
  const tables: string[] = [];
  for (let first = 0; first < Math.max(1, preview.length); first += rowsPerTable) {
    const rows = preview.slice(first, first + rowsPerTable);
    const head = [
      { title: 'column' },
      { title: 'type' },
      ...rows.map((_, index) => ({ title: `row ${first + index + 1}`, flexible: true })),
    ];
    const lines = columns.map(({ name, type, nullable }) => ({
      cells: [name, `${type}${nullable ? '?' : ''}`, ...rows.map((row) => sayCell(row[name], style.paint))],
    }));
    tables.push(renderTable(head, lines, style));
  }
  return tables;
}

function sayCell(value: Json | undefined, paint: Paint): string {
  if (value === null || value === undefined) return paint('dim', 'null');
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\s+/g, ' ');
  return text.length > widestValue ? `${text.slice(0, widestValue - 1)}…` : text;
}
