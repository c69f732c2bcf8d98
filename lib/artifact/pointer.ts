import * as z from 'zod';
import { InvalidDataError } from '../errors.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { pointerKey } from './key.ts';
import { ObjectNotFoundError } from './store-errors.ts';
import { readJson } from './stored-json.ts';

/** `latest.json`: which version readers get. */
export const pointerSchema = z.object({
  name: z.string(),
  version: z.string(),
  /** Of the version's data, in hexadecimal. */
  sha256: z.string(),
  rows: z.int().min(0),
  previousVersion: z.string().nullable(),
  /** When the execution that published it started: an older execution never replaces a newer one's version. */
  executionStartedAt: z.iso.datetime(),
  publishedAt: z.iso.datetime(),
});

export type Pointer = z.infer<typeof pointerSchema>;

/**
 * The pointer with the etag for its next conditional write; undefined only when nothing was ever published.
 *
 * @throws {InvalidDataError} there is one, and it cannot be understood
 */
export async function readPointer(
  store: ArtifactStore,
  name: string,
): Promise<{ pointer: Pointer; etag: string } | undefined> {
  try {
    const { value: pointer, etag } = await readJson(store, pointerKey(name), pointerSchema);
    if (pointer.name !== name) throw new InvalidDataError(`the pointer of '${name}' is one of '${pointer.name}'`);
    return { pointer, etag };
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
}
