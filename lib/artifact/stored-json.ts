import * as z from 'zod';
import { InvalidDataError } from '../errors.ts';
import type { ArtifactStore } from './artifact-store.ts';

/**
 * Reads a JSON object of ours back, checked against its schema.
 *
 * @throws {ObjectNotFoundError}
 * @throws {InvalidDataError} what lies there is not what was written; the message names the field
 */
export async function readJson<T extends z.ZodType>(
  store: ArtifactStore,
  key: string,
  schema: T,
): Promise<{ value: z.infer<T>; etag: string }> {
  const { bytes, etag } = await store.read(key);
  const parsed = schema.safeParse(parseText(Buffer.from(bytes).toString('utf8'), key));
  if (parsed.success) return { value: parsed.data, etag };
  throw new InvalidDataError(`'${key}' in ${store.url} is damaged: ${oneLine(parsed.error)}`, { cause: parsed.error });
}

/** The text under which a value is stored; ends in a newline, for people with a terminal. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function parseText(text: string, key: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidDataError(`'${key}' is damaged: it is not JSON`, { cause });
  }
}

function oneLine(error: z.ZodError): string {
  return z.prettifyError(error).replaceAll(/\s*\n\s*→?\s*/g, ' ');
}
