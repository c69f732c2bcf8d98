import * as z from 'zod';

/** An article as the warehouse takes it. */
export interface ArticleRow {
  readonly article_id: string;
  readonly headline: string | null;
  /** ISO 8601 in UTC. */
  readonly publication_date: string;
  readonly byline: string | null;
  readonly news_desk: string | null;
  readonly url: string | null;
  readonly document_type: string | null;
  readonly section_name: string | null;
  readonly type_of_material: string | null;
  readonly word_count: number | null;
  readonly [column: string]: string | number | null;
}

/** An article, or why it is none. */
export type ReadArticle = { readonly row: ArticleRow } | { readonly reason: string };

/** Text, without the character that Postgres has no room for; what is empty or of another kind is nothing. */
const text = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? value.replaceAll('\0', '').trim() || null : null));

const article = z.looseObject({
  headline: z.looseObject({ main: z.string() }),
  pub_date: z.string(),
  // an object, null, or (in old files) an empty list
  byline: z
    .unknown()
    .optional()
    .transform((value) => text.parse(Reflect.get(Object(value), 'original'))),
  _id: text,
  uri: text,
  web_url: text,
  news_desk: text,
  document_type: text,
  section_name: text,
  type_of_material: text,
  word_count: z.unknown().optional().transform(wholeNumber),
});

/**
 * Reads one article as tolerantly as can be: it must have a headline, a date and something to know it by.
 *
 * @see the specification of headline-trends, §2.2 and §2.3
 */
export function readArticle(value: unknown): ReadArticle {
  const parsed = article.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { reason: `${issue?.path.join('.') || 'the article'}: ${issue?.message}` };
  }
  const { headline, pub_date, byline, _id, uri, web_url, ...rest } = parsed.data;
  const publication_date = publicationDate(pub_date);
  if (publication_date === undefined) return { reason: `pub_date: '${pub_date}' is not an instant` };
  const article_id = _id ?? uri ?? web_url?.split('?')[0];
  if (!article_id) return { reason: 'neither _id nor web_url is given' };
  const { news_desk, document_type, section_name, type_of_material, word_count } = rest;
  return {
    row: {
      article_id,
      // blanks inside count as words by the original's rules, so nothing is trimmed here
      headline: headline.main.replaceAll('\0', '') || null,
      publication_date,
      byline,
      news_desk,
      url: web_url,
      ...{ document_type, section_name, type_of_material, word_count },
    },
  };
}

/**
 * The instant of `2024-10-01T00:01:59+0000`, `…+00:00` or `…Z`, in the form `2024-10-01T00:01:59+00:00`; undefined for
 * anything else.
 */
export function publicationDate(value: string): string | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})$/.exec(value);
  const [, local = '', zone = ''] = parts ?? [];
  const instant = new Date(`${local}${zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')}`);
  if (!parts || Number.isNaN(instant.getTime())) return undefined;
  // the platform takes 30 February for 2 March
  const isDay = new Date(`${local}Z`).toISOString().startsWith(local);
  return isDay ? instant.toISOString().replace('.000Z', '+00:00') : undefined;
}

function wholeNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < 2 ** 31 ? number : null;
}
