import { InvalidDataError } from '../../../lib/errors.ts';
import { halvesOf, type IssuanceWindow } from '../issuance-window.ts';
import type { VerraAnswer } from '../verra-client.ts';

/** Asks for the blocks issued in a window. */
export type SearchIssued = (window: IssuanceWindow) => Promise<VerraAnswer>;

/**
 * Every record of a window, in the order of issuance windows asked for.
 *
 * An answer that was cut short is thrown away and asked for again in halves, down to single days.
 *
 * @throws {InvalidDataError} the answer for a single day was cut short
 * @see the specification of carbon-markets, section 2.6, W-22 and W-23
 */
export async function searchCompletely(search: SearchIssued, window: IssuanceWindow): Promise<readonly unknown[]> {
  const answer = await search(window);
  if (!answer.countExceeded && answer.value.length >= answer.totalCount) return answer.value;
  const halves = halvesOf(window);
  if (!halves) {
    throw new InvalidDataError(
      `the registry answered ${answer.value.length} of ${answer.totalCount} blocks issued on ${window.from}, and a day cannot be halved; raise $maxResults in the Verra client`,
    );
  }
  return [...(await searchCompletely(search, halves[0])), ...(await searchCompletely(search, halves[1]))];
}
