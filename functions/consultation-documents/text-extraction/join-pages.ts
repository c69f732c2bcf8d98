/** What stands between two pages of a text. */
const pageSeparator = '\n\f';

/**
 * One text of many pages: each trimmed, those left empty dropped.
 *
 * @see the specification of consultation-documents, section 4.7
 */
export function joinPages(pages: readonly string[]): { content: string; nonEmptyPages: number } {
  const trimmed = pages.map((page) => page.trim()).filter((page) => page !== '');
  return { content: trimmed.join(pageSeparator), nonEmptyPages: trimmed.length };
}
