/** The start of the period in which all rows are, unless they say otherwise. */
export const january = Date.UTC(2020, 0);

/** SQL of one row of a dataset in which nothing is wrong, but for what is given: SQL of cells by column. */
export function row(cells: Readonly<Record<string, string>> = {}): string {
  const fine = {
    timestamp: `${january}::BIGINT`,
    country: `'A'`,
    admin1: `'B'`,
    lat: '1.5::DOUBLE',
    lng: '2.5::DOUBLE',
    feature: `'F'`,
    value: '3.0::DOUBLE',
  };
  const all = Object.entries({ ...fine, ...cells }).filter(([, sql]) => sql !== '');
  return `SELECT ${all.map(([name, sql]) => `${sql} AS ${name}`).join(', ')}`;
}

export function rows(...each: string[]): string {
  return each.join(' UNION ALL ');
}
