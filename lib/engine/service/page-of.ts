import type { Page } from '../../execution/service/fields.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';

/** How many results a list has per page when nothing else is asked for. */
const defaultMaxResults = 100;

/**
 * One page of a list; `keyOf` tells each item from every other.
 *
 * A token names the last item of the page before, so that items that come and go meanwhile neither repeat nor hide any.
 *
 * @throws {ServiceException} `InvalidToken`: the token is none of this list
 */
export function pageOf<T>(
  items: readonly T[],
  request: { readonly maxResults: number; readonly nextToken?: string | undefined },
  keyOf: (item: T) => string,
): Page & { readonly items: readonly T[] } {
  const start = request.nextToken === undefined ? 0 : positionAfter(items, request.nextToken, keyOf);
  const page = items.slice(start, start + (request.maxResults || defaultMaxResults));
  const last = page.at(-1);
  const isLast = start + page.length >= items.length || last === undefined;
  return isLast ? { items: page } : { items: page, nextToken: Buffer.from(keyOf(last)).toString('base64url') };
}

function positionAfter<T>(items: readonly T[], token: string, keyOf: (item: T) => string): number {
  const key = Buffer.from(token, 'base64url').toString();
  const position = items.findIndex((item) => keyOf(item) === key);
  if (position < 0) throw new ServiceException('InvalidToken', "Invalid Token: 'Invalid token'");
  return position + 1;
}
