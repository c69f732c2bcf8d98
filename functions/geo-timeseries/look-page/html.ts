/** A text as it may stand in HTML and SVG, also inside of quotes. */
export function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (character) => names[character] ?? character);
}

/** A number for people: three digits, thousands as K, millions as M. */
export function shortNumber(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1);
  if (Math.abs(value) >= 1e15) return value.toExponential(2);
  return value.toLocaleString('en', { maximumSignificantDigits: 3, notation: 'compact' });
}

/** A period's start as `2021-03`. */
export function monthText(timestampMs: number): string {
  return new Date(timestampMs).toISOString().slice(0, 7);
}

/** A region's id as a path for people. */
export function regionText(id: string): string {
  return id.split('__').join(' › ');
}
