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
  return isNumber(type) || /^(TIMESTAMP( WITH TIME ZONE|_\w+)?|DATE)$/.test(type);
}

function isFigure(type: string): boolean {
  return isNumber(type) || /^(BOOLEAN|VARCHAR)$/.test(type);
}

/** A list of numbers is none. */
function isNumber(type: string): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL\([\d,]+\))$/.test(type);
}
