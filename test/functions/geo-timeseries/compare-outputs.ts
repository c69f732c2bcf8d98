import { expect } from 'vitest';

/** An expected file of a case or of a whole run. */
export interface ExpectedFile {
  readonly path?: string;
  readonly format: 'csv' | 'json' | 'tile';
  readonly text?: string;
  readonly content?: unknown;
}

/**
 * Compares by content: rows in any order, numbers to a relative 1e-9, lists of names in any order; the order of columns,
 * and of extrema up to ties within a period, counts.
 */
export function expectSameFile(actual: unknown, expected: ExpectedFile, name: string): void {
  if (expected.format === 'csv') expectSameCsv(String(actual), expected.text ?? '', name);
  else expectAlike(arranged(actual), arranged(expected.content), name);
}

export function expectSameCsv(actual: string, expected: string, name: string): void {
  const arrangedColumns = name.includes('/timeseries/qualifiers/') ? inColumnOrder : (rows: string[][]) => rows;
  const [head, ...rows] = arrangedColumns(csvRows(actual));
  const [expectedHead, ...expectedRows] = arrangedColumns(csvRows(expected));

  expect(head, `header of ${name}`).toEqual(expectedHead);
  expect(actual.endsWith('\n'), `the last line of ${name} ends`).toBe(true);
  expect(rows.length, `rows of ${name}`).toBe(expectedRows.length);
  expectAlike(rows.sort(byCells), expectedRows.sort(byCells), name);
}

/** Values that first appear in the same period come in an accidental order. */
function inColumnOrder(rows: string[][]): string[][] {
  const [head = []] = rows;
  const [time = 0, ...others] = [...head.keys()];
  const order = [time, ...others.sort((a, b) => ((head[a] ?? '') < (head[b] ?? '') ? -1 : 1))];
  return rows.map((row) => order.map((index) => row[index] ?? ''));
}

/** A figure may differ in its last digits, which do not count for the order. */
function byCells(a: readonly string[], b: readonly string[]): number {
  const key = (row: readonly string[]) =>
    row.map((cell) => (isDouble(cell) ? Number(cell).toPrecision(9) : cell)).join('\u0001');
  const [left, right] = [key(a), key(b)];
  return left < right ? -1 : Number(left > right);
}

/** Deep equality with a relative tolerance of 1e-9 for numbers and texts of numbers of the same kind. */
export function expectAlike(actual: unknown, expected: unknown, at: string): void {
  if (typeof expected === 'number' && typeof actual === 'number') {
    expectNear(actual, expected, at);
    return;
  }
  if (
    typeof expected === 'string' &&
    typeof actual === 'string' &&
    actual !== expected &&
    isDouble(actual) &&
    isDouble(expected)
  ) {
    expectNear(Number(actual), Number(expected), at);
    return;
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    expect(actual.length, `length at ${at}`).toBe(expected.length);
    for (const [index, item] of expected.entries()) expectAlike(actual[index], item, `${at}[${index}]`);
    return;
  }
  if (isObject(expected) && isObject(actual)) {
    expect(Object.keys(actual).sort(), `keys at ${at}`).toEqual(Object.keys(expected).sort());
    for (const [name, item] of Object.entries(expected)) expectAlike(actual[name], item, `${at}.${name}`);
    return;
  }
  expect(actual, at).toEqual(expected);
}

function expectNear(actual: number, expected: number, at: string): void {
  if (Math.abs(actual - expected) <= 1e-9 * Math.max(Math.abs(actual), Math.abs(expected))) return;
  expect(actual, at).toBe(expected);
}

function isDouble(text: string): boolean {
  return /^-?\d+(\.\d+)?(e[+-]\d\d+)?$/.test(text) && /[.e]/.test(text);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists of texts sorted, and ties of extrema within a period brought into one order. */
function arranged(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(arranged);
    if (items.every((item) => typeof item === 'string')) return [...items].sort();
    if (items.every((item) => isObject(item) && 'region_id' in item)) return [...items].sort(byPeriodAndRegion);
    return items.every((item) => isObject(item) && 'name' in item) ? [...items].sort(byName) : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, arranged(item)]));
}

function byPeriodAndRegion(a: unknown, b: unknown): number {
  const key = (item: unknown) =>
    isObject(item) ? ([-Number(item.timestamp), String(item.region_id)] as const) : ([0, ''] as const);
  const [[leftTime, leftId], [rightTime, rightId]] = [key(a), key(b)];
  return leftTime - rightTime || (leftId < rightId ? -1 : Number(leftId > rightId));
}

function byName(a: unknown, b: unknown): number {
  const name = (item: unknown) => (isObject(item) ? String(item.name) : '');
  return name(a) < name(b) ? -1 : Number(name(a) > name(b));
}

/** Rows of a CSV file with quoted cells. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  const cell = /("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/g;
  let row: string[] = [];
  for (const [, raw = '', end] of text.matchAll(cell)) {
    if (end === '' && raw === '' && row.length === 0) break;
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
