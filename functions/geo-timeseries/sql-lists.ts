import { quoteText } from '../../lib/table/quote.ts';

/** `('a', 'b')`, for `IN`. */
export function listOfTexts(texts: readonly string[]): string {
  return `(${texts.map(quoteText).join(', ')})`;
}
