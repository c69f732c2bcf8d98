import type { RawColumn } from './raw-table.ts';

/** Every reason why a table cannot be a dataset, by its columns alone; empty when it can. */
export function datasetProblems(columns: readonly RawColumn[]): string[] {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const missing = ['timestamp', 'feature', 'value'].filter((name) => !types.has(name));
  const time = types.get('timestamp');
  const value = types.get('value');
  return [
    ...missing.map((name) => `column '${name}' is missing`),
    ...(time !== undefined && !isTime(time)
      ? [`column 'timestamp' is ${time}; it must be milliseconds since 1970`]
      : []),
    ...(value !== undefined && !isFigure(value) ? [`column 'value' is ${value}; it must be numbers`] : []),
  ];
}

function isTime(type: string): boolean {
  return /INT|^DOUBLE$|^FLOAT$|^DECIMAL|^TIMESTAMP|^DATE$/.test(type);
}

function isFigure(type: string): boolean {
  return /INT|^DOUBLE$|^FLOAT$|^DECIMAL|^BOOLEAN$|^VARCHAR$/.test(type);
}
