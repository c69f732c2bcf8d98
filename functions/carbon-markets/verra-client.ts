import * as z from 'zod';
import { InvalidDataError } from '../../lib/errors.ts';
import type { SecretSource } from '../../lib/secret/secret-source.ts';
import { httpSource, type SourceCaller } from '../../lib/source/http-source.ts';
import type { IssuanceWindow } from './issuance-window.ts';

/** The registry's answer to a search: how many blocks match, whether it was cut short, and the records it gives. */
export const verraAnswer = z.object({
  totalCount: z.int().nonnegative(),
  countExceeded: z.boolean(),
  value: z.array(z.unknown()),
});

/** As {@link verraAnswer} parses it; the records are not looked at. */
export type VerraAnswer = z.infer<typeof verraAnswer>;

/** The asset search behind the registry's web page. */
export interface VerraClient {
  /** The blocks of VCUs issued in a window, as many as the registry gives at once. */
  searchIssued(window: IssuanceWindow): Promise<VerraAnswer>;
}

/** The registry itself; a setting can name a stand-in. */
const registryUrl = 'https://registry.verra.org';
/** The busiest month has about half as many. */
const maxResults = 20_000;
/** Four attempts of this length fit into a task's time. */
const timeoutMs = 150_000;
const defaultPauseMs = 500;
const headers = {
  // the search serves the registry's own page and may refuse what does not come from there
  'user-agent': 'Mozilla/5.0 (compatible; data-flows)',
  referer: `${registryUrl}/app/search/VCS`,
};

/**
 * Opens the registry, or what `VERRA_API_URL` names; pauses before every request.
 *
 * @see the specification of carbon-markets, section 2.6
 */
export async function openVerraClient(caller: SourceCaller & { settings: SecretSource }): Promise<VerraClient> {
  const pauseMs = await pauseSetting(caller.settings);
  const baseUrl = (await caller.settings.find('VERRA_API_URL')) ?? registryUrl;
  const registry = httpSource(caller, { name: 'the Verra registry', baseUrl, headers, timeoutMs, pauseMs });
  // the task before this one may have asked a moment ago
  await caller.clock.sleep(pauseMs, caller.signal);
  return {
    searchIssued: ({ from, to }) =>
      registry.json(
        {
          method: 'POST',
          path: '/uiapi/asset/asset/search',
          query: { $maxResults: maxResults, $count: true, $skip: 0, format: 'csv' },
          body: {
            program: 'VCS',
            issuanceTypeCodes: ['ISSUE'],
            issuanceStartInclusive: from,
            issuanceEndInclusive: to,
          },
        },
        verraAnswer,
      ),
  };
}

async function pauseSetting(settings: SecretSource): Promise<number> {
  const text = await settings.find('VERRA_PAUSE_MILLISECONDS');
  if (text === undefined) return defaultPauseMs;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidDataError(
    `setting VERRA_PAUSE_MILLISECONDS is '${text}'; write whole milliseconds, such as ${defaultPauseMs}`,
  );
}
