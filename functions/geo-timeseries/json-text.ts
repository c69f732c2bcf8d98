/**
 * A value as the readers of the outputs have always had it: a number is a double (`132.0`, `1e-07`), a bigint is an
 * integer, and whatever is not ASCII is escaped.
 */
export type OutputJson =
  | null
  | boolean
  | string
  | number
  | bigint
  | readonly OutputJson[]
  | { readonly [name: string]: OutputJson | undefined };

/** One line of JSON. Numbers that JSON cannot say become null. */
export function jsonText(value: OutputJson): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoteJson(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? doubleText(value) : 'null';
  if (isList(value)) return `[${value.map(jsonText).join(', ')}]`;
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [`${quoteJson(name)}: ${jsonText(member)}`],
  );
  return `{${members.join(', ')}}`;
}

function isList(value: OutputJson): value is readonly OutputJson[] {
  return Array.isArray(value);
}

function quoteJson(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * The shortest digits that read back to the same double, always with a point or an exponent.
 *
 * @see the specification of the geo time-series pipeline, appendix B
 */
export function doubleText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (value === 0 || (exponent >= -4 && exponent < 16)) {
    const plain = String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
