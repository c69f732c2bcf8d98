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

/** What a list is, apart from what is on it. */
export interface Listing<T> {
  /** Tells the list from every other, so that none takes another's tokens. */
  readonly name: string;
  /** Texts by which the list is sorted, each item's its own. */
  readonly keyOf: (item: T) => string;
  /** Whether the greatest key comes first, as where keys begin with a date. @default false */
  readonly isDescending?: boolean;
}

/**
 * One page of a list.
 *
 * A token names the place where the page before ended. Items that come and go meanwhile neither repeat nor hide any;
 * whoever deletes what each page shows gets to see them all.
 *
 * @throws {ServiceException} `InvalidToken`: the token is none of this list
 */
export function pageOf<T>(
  items: readonly T[],
  request: PageRequest,
  { name, keyOf, isDescending = false }: Listing<T>,
): Page & { readonly items: readonly T[] } {
  const isBefore = (one: string, other: string) => (isDescending ? one > other : one < other);
  const keyed = items.map((item) => ({ key: keyOf(item), item }));
  const sorted = keyed.sort((one, other) => (isBefore(one.key, other.key) ? -1 : 1));
  const place = placeIn(request, name);
  const start = place === undefined ? 0 : sorted.findIndex(({ key }) => isBefore(place, key));
  const page = start < 0 ? [] : sorted.slice(start, start + sizeOf(request));
  const last = page.at(-1);
  const isLast = last === undefined || last === sorted.at(-1);
  return { items: page.map(({ item }) => item), ...(!isLast && { nextToken: tokenFor(name, last.key) }) };
}

/** How many results are asked for. */
export function sizeOf({ maxResults }: PageRequest): number {
  return maxResults || defaultMaxResults;
}

/** A token for what follows a place in a list. */
export function tokenFor(name: string, place: string): string {
  return Buffer.from(`${name}\n${place}`).toString('base64url');
}

/**
 * The place in a list that a request's token stands for; undefined in the request for the first page.
 *
 * @throws {ServiceException} `InvalidToken`: the token is none of this list
 */
export function placeIn({ nextToken }: PageRequest, name: string): string | undefined {
  if (nextToken === undefined) return undefined;
  const text = Buffer.from(nextToken, 'base64url').toString();
  if (text.startsWith(`${name}\n`)) return text.slice(name.length + 1);
  throw invalidToken();
}

/** The token is none of the list that is asked for. */
export function invalidToken(): ServiceException {
  return new ServiceException('InvalidToken', "Invalid Token: 'Invalid token'");
}
