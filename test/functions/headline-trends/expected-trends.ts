import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../../support/source-files.ts';

/** Real headlines and the results computed from them elsewhere; kept beside the project, not in it. */
export const dataFolder = resolve(root, '../shared/data/headline-trends');

export const hasData = existsSync(dataFolder);

/** The rows of a CSV file without quotes, by column name. */
export function csvRows(file: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(resolve(dataFolder, file), 'utf8').trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index], cell])));
}

/** Whether a figure is the expected one, within a relative tolerance. */
export function isClose(actual: number | null, expected: number, relative: number): boolean {
  return actual !== null && Math.abs(actual - expected) <= relative * Math.abs(expected);
}
