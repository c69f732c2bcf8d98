import * as z from 'zod';
import { announcementKey, plainCopyKey, versionKey } from './key.ts';
import { readManifest } from './manifest.ts';
import { type Pointer, readPointer } from './pointer.ts';
import type { Publisher } from './publisher.ts';
import { ObjectNotFoundError, StoreUnavailableError } from './store-errors.ts';
import { jsonText, readJson } from './stored-json.ts';

const announcementSchema = z.object({ version: z.string(), plainCopyEtag: z.string() });
const mostMoves = 10;

/**
 * Does what follows the flip of a pointer, unless it is done: refreshes the plain copy, emits `Artifact Published`.
 *
 * Every publish calls it, also one that changes nothing, so that whatever a crash left out is caught up with. The note
 * `announced.json` is written last: an event can be emitted twice, never lost.
 */
export async function announce(publisher: Publisher, current: Pointer): Promise<void> {
  if (await isAnnounced(publisher, current)) return;
  const { pointer, plainCopyEtag } = await refreshPlainCopy(publisher, current);
  await emitPublished(publisher, pointer);
  const note = jsonText({ version: pointer.version, plainCopyEtag });
  await publisher.artifacts.write(announcementKey(pointer.name), note);
}

/** The copy's etag tells whether it is still the one that was made for this version. */
async function isAnnounced({ artifacts }: Publisher, pointer: Pointer): Promise<boolean> {
  try {
    const { value } = await readJson(artifacts, announcementKey(pointer.name), announcementSchema);
    const copy = await artifacts.head(plainCopyKey(pointer.name));
    return value.version === pointer.version && value.plainCopyEtag === copy?.etag;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return false;
    throw error;
  }
}

/**
 * Copies until the pointer is the same after the copy as before it: of two publishers at once, the one that copies
 * last looks last, so the copy never stays behind.
 */
async function refreshPlainCopy({ artifacts }: Publisher, current: Pointer) {
  const { name } = current;
  let pointer = current;
  for (let move = 0; move < mostMoves; move += 1) {
    await artifacts.copy(versionKey(name, pointer.version, 'data.parquet'), plainCopyKey(name));
    const plainCopyEtag = (await artifacts.head(plainCopyKey(name)))?.etag ?? '';
    const after = await readPointer(artifacts, name);
    if (!after || after.pointer.version === pointer.version) return { pointer, plainCopyEtag };
    pointer = after.pointer;
  }
  throw new StoreUnavailableError(`the pointer of '${name}' moved ${mostMoves} times while its plain copy was made`);
}

async function emitPublished({ artifacts, events }: Publisher, pointer: Pointer): Promise<void> {
  const manifest = await readManifest(artifacts, pointer.name, pointer.version);
  await events.emit({
    source: `data-flows.${manifest.flow}`,
    detailType: 'Artifact Published',
    detail: {
      artifact: pointer.name,
      version: pointer.version,
      previousVersion: pointer.previousVersion,
      rows: manifest.rows,
      bytes: manifest.bytes,
      sha256: manifest.sha256,
      key: versionKey(pointer.name, pointer.version, 'data.parquet'),
      execution: manifest.execution,
    },
  });
}
