import { Tiktoken } from 'js-tiktoken/lite';
import cl100k from 'js-tiktoken/ranks/cl100k_base';

/** Most tokens of one text that the models take. @see the specification of consultation-documents, section 7.2 */
export const maxTokens = 8_192;

let encoding: Tiktoken | undefined;

/** The beginning of a text, as many tokens as a model takes; cut where a token ends, and never within a character. */
export function cutToTokens(text: string, tokens: number = maxTokens): string {
  // a token is one byte or more, so most texts need not be taken apart
  if (Buffer.byteLength(text) <= tokens) return text;
  encoding ??= new Tiktoken(cl100k);
  const all = encoding.encode(text, [], []);
  if (all.length <= tokens) return text;
  return encoding.decode(all.slice(0, tokens)).replace(/\uFFFD+$/, '');
}
