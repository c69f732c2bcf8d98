import { InvalidDataError } from '../../lib/errors.ts';
import type { SecretSource } from '../../lib/secret/secret-source.ts';
import { httpSource, type SourceCaller } from '../../lib/source/http-source.ts';
import type { SavedBody } from '../../lib/source/save-body.ts';

/** What the platform's API answers: one JSON array with every record, each. */
export const endpoints = ['documents-metadata', 'documents-content', 'stored-files'] as const;

export type Endpoint = (typeof endpoints)[number];

/** The API of the Demokratis platform. */
export interface DemokratisClient {
  /** Writes an endpoint's whole answer to a file. It may be a gigabyte. */
  download(endpoint: Endpoint, filePath: string): Promise<SavedBody>;
}

/** The platform itself; a setting can name a stand-in. */
const platformUrl = 'https://www.demokratis.ch';
const version = 'v0.1';
const timeoutMs = 180_000;

/**
 * Opens the platform's API, or what `DEMOKRATIS_API_URL` names, with the user and password of the secrets.
 *
 * Asks once: an answer is good only when it is JSON to its end, so whoever reads it decides whether to ask again.
 *
 * @see the specification of consultation-documents, section 2.1
 */
export async function openDemokratisClient(
  caller: SourceCaller & { settings: SecretSource; secrets: SecretSource },
): Promise<DemokratisClient> {
  const baseUrl = (await caller.settings.find('DEMOKRATIS_API_URL')) ?? platformUrl;
  const user = await caller.secrets.get('DEMOKRATIS_API_USERNAME');
  const password = await caller.secrets.get('DEMOKRATIS_API_PASSWORD');
  if (user.includes(':')) throw new InvalidDataError('DEMOKRATIS_API_USERNAME holds a colon; basic auth allows none');
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const headers = { authorization, accept: 'application/json' };
  const source = httpSource(caller, { name: 'the Demokratis API', baseUrl, headers, timeoutMs, attempts: 1 });
  return {
    download: (endpoint, filePath) => source.download({ path: `/api/${version}/${endpoint}` }, filePath),
  };
}
