import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { TaskError } from '../errors.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { expiryOf } from './expiry.ts';
import { ChecksumMismatchError } from './store-errors.ts';

/** What stands in a payload for an output that lies in the store; an object with this one field and no other. */
export const resultReferenceSchema = z.strictObject({
  resultReference: z.strictObject({
    key: z.string().startsWith('results/'),
    bytes: z.int().min(0),
    sha256: z.string(),
    contentType: z.literal('application/json'),
    expiresAt: z.iso.datetime(),
  }),
});

export type ResultReference = z.infer<typeof resultReferenceSchema>;

/** The result behind a reference has reached its age. Final: run the flow again. */
export class ResultExpiredError extends TaskError {
  override readonly name = 'ResultExpiredError';
}

/** The store, and the clock that says what has expired. */
export interface ResultShelf {
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
}

/**
 * Stores an output and answers the reference that travels in its place.
 *
 * @param keyFor the key for an extension; the extension holds the beginning of the content's hash, since a state in a
 *   loop or in nested Maps has one key for many outputs
 */
export async function storeResult(
  { artifacts, clock }: ResultShelf,
  output: Json,
  { keyFor, retentionDays }: { keyFor: (extension: string) => string; retentionDays: number },
): Promise<ResultReference> {
  const body = Buffer.from(JSON.stringify(output));
  const sha256 = createHash('sha256').update(body).digest('hex');
  const key = keyFor(`${sha256.slice(0, 12)}.json`);
  await artifacts.write(key, body);
  const expiresAt = expiryOf(new Date(clock.now()), retentionDays).toISOString();
  return { resultReference: { key, bytes: body.byteLength, sha256, contentType: 'application/json', expiresAt } };
}

/**
 * The value with every reference in it, however deep, replaced by what it refers to.
 *
 * @throws {ResultExpiredError} one is past its time, whether or not its bytes are still there
 * @throws {ChecksumMismatchError} one leads to other bytes than were stored
 */
export async function resolveReferences(shelf: ResultShelf, value: Json): Promise<Json> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolveReferences(shelf, item)));
  if (!isJsonObject(value)) return value;
  const parsed = resultReferenceSchema.safeParse(value);
  if (parsed.success) return loadResult(shelf, parsed.data);
  const entries = Object.entries(value).map(async ([name, item]) => [name, await resolveReferences(shelf, item)]);
  return Object.fromEntries(await Promise.all(entries));
}

async function loadResult({ artifacts, clock }: ResultShelf, { resultReference }: ResultReference): Promise<Json> {
  const { key, sha256, expiresAt } = resultReference;
  if (clock.now() >= Date.parse(expiresAt)) {
    throw new ResultExpiredError(`the result '${key}' expired at ${expiresAt}; run the flow again`);
  }
  const { bytes } = await artifacts.read(key);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) {
    throw new ChecksumMismatchError(
      `the result '${key}' has SHA-256 ${found} instead of ${sha256}; run the flow again`,
    );
  }
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}
