import * as z from 'zod';
import { extractionStatuses } from '../consultation-document-texts.contract.ts';

/** What came of one file. */
export const extractionSchema = z.object({
  status: z.enum(extractionStatuses),
  /** Null unless there is one. */
  content: z.string().nullable(),
  /** Why there is none, in the extractor's words. */
  detail: z.string().nullable(),
  pages: z.int().nullable(),
  nonEmptyPages: z.int().nullable(),
  /** Name and version, such as `unpdf 1.8.1`. */
  extractor: z.string(),
});

export type Extraction = z.infer<typeof extractionSchema>;

/** Below this many characters per page, blanks not counted, a text layer is taken for the stamp on a scan. */
const fewestCharactersPerPage = 20;

/** Longer texts are no documents for people; a law with all its annexes has some millions. */
const mostCharacters = 5_000_000;

/** The outcome for a text that was read. */
export function textOf(
  content: string,
  pages: { pages: number | null; nonEmptyPages: number | null },
  extractor: string,
): Extraction {
  // a table can hold no half of a character, and the extractor of a broken font gives some
  const text = content.toWellFormed();
  if (text.length > mostCharacters) return noText('too_large', `a text of ${text.length} characters`, extractor);
  const characters = text.replaceAll(/\s+/g, '').length;
  const isThin = pages.pages !== null && characters < fewestCharactersPerPage * pages.pages;
  const status = characters === 0 ? 'empty_text' : isThin ? 'no_text_layer' : 'extracted';
  return { status, content: text, detail: null, ...pages, extractor };
}

/** The outcome for a file that gives no text. */
export function noText(status: Extraction['status'], detail: string, extractor: string): Extraction {
  return { status, content: null, detail: detail.slice(0, 500), pages: null, nonEmptyPages: null, extractor };
}
