/**
 * SQL of the text that stands for a value of any type: `1`, `1.0`, `True`, `2020-01-01`, `2020-01-01 05:00:00`.
 *
 * @see the specification of the geo time-series pipeline, section 2.4, rule 4
 */
export function textForm(column: string, type: string): string {
  if (type === 'VARCHAR') return column;
  if (type === 'FLOAT') return `CAST(CAST(${column} AS DOUBLE) AS VARCHAR)`;
  if (type === 'BOOLEAN') return `CASE WHEN ${column} THEN 'True' WHEN NOT ${column} THEN 'False' END`;
  if (type.startsWith('TIMESTAMP')) {
    const plain = `CAST(${column} AS TIMESTAMP)`;
    return `CASE WHEN ${plain} = date_trunc('day', ${plain}) THEN strftime(${plain}, '%Y-%m-%d') ELSE strftime(${plain}, '%Y-%m-%d %H:%M:%S') END`;
  }
  return `CAST(${column} AS VARCHAR)`;
}
