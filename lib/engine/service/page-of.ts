import type { Page } from '../../execution/service/fields.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';

/** How many results a list has per page when nothing else is asked for. */
const defaultMaxResults = 100;

/** Which part of a list is asked for. */
export interface PageRequest {
  /** 0 for the default. */
  readonly maxResults: number;
  readonly nextToken?: string | undefined;
}

/**
 * One page of a list; `keyOf` tells each item from every other.
 *
 * A token names the last item of the page before, so that items that come and go meanwhile neither repeat nor hide any.
 *
 * @throws {ServiceException} `InvalidToken`: the token is none of this list
 */
export function pageOf<T>(
  items: readonly T[],
  request: PageRequest,
  keyOf: (item: T) => string,
): Page & { readonly items: readonly T[] } {
  const key = keyIn(request);
  const before = key === undefined ? -1 : items.findIndex((item) => keyOf(item) === key);
  if (key !== undefined && before < 0) throw invalidToken();
  const page = items.slice(before + 1, before + 1 + sizeOf(request));
  const last = page.at(-1);
  const isLast = before + 1 + page.length >= items.length || last === undefined;
  return isLast ? { items: page } : { items: page, nextToken: tokenAfter(keyOf(last)) };
}

/** How many results are asked for. */
export function sizeOf({ maxResults }: PageRequest): number {
  return maxResults || defaultMaxResults;
}

/** A token for what follows the item with this key. */
export function tokenAfter(key: string): string {
  return Buffer.from(key).toString('base64url');
}

/** The key in a request's token; undefined in the request for the first page. */
export function keyIn({ nextToken }: PageRequest): string | undefined {
  return nextToken === undefined ? undefined : Buffer.from(nextToken, 'base64url').toString();
}

/** The token is none of the list that is asked for. */
export function invalidToken(): ServiceException {
  return new ServiceException('InvalidToken', "Invalid Token: 'Invalid token'");
}
