import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { listArtifacts } from '../../lib/artifact/catalog.ts';
import { directoryStore } from '../../lib/artifact/directory-store.ts';
import { plainCopyKey } from '../../lib/artifact/key.ts';
import { complaintsAbout } from '../artifact/complaints.ts';

/** What readers get, by artifact: SHA-256 of the data behind the pointer, and of the plain copy. */
export type StoreState = ReadonlyMap<string, { readonly sha256: string; readonly copySha256: string | undefined }>;

/** The store of a folder in which a flow ran, as readers find it. */
export async function readState(folder: string): Promise<StoreState> {
  const store = storeIn(folder);
  const state = new Map<string, { sha256: string; copySha256: string | undefined }>();
  for (const { name, sha256 } of await listArtifacts(store)) {
    state.set(name, { sha256, copySha256: await sha256Of(store, plainCopyKey(name)) });
  }
  return state;
}

/** What is wrong with a store that should be somewhere between two states: each artifact at the old or the new one. */
export async function complaintsBetween(folder: string, before: StoreState, after: StoreState): Promise<string[]> {
  const complaints = await complaintsAbout(storeIn(folder));
  const state = await readState(folder);
  for (const name of new Set([...before.keys(), ...after.keys(), ...state.keys()])) {
    const found = state.get(name);
    const allowed = [before.get(name)?.sha256, after.get(name)?.sha256];
    if (!allowed.includes(found?.sha256)) complaints.push(`${name} is neither the old version nor the new one`);
    if (!allowed.includes(found?.copySha256)) complaints.push(`the plain copy of ${name} is neither old nor new`);
  }
  return complaints;
}

/** What is wrong with a store in which a run has completed. */
export async function complaintsAfter(folder: string, after: StoreState): Promise<string[]> {
  const complaints = await complaintsBetween(folder, after, after);
  const announced = await announcedVersions(folder);
  for (const { name, version } of await listArtifacts(storeIn(folder))) {
    if (!announced.has(version)) complaints.push(`no event was emitted for ${version} of ${name}`);
  }
  return complaints;
}

async function announcedVersions(folder: string): Promise<Set<string>> {
  const events = await readFile(join(folder, '.flow/events.jsonl'), 'utf8');
  return new Set([...events.matchAll(/"version":"([^"]+)"/g)].map((match) => match[1] ?? ''));
}

function storeIn(folder: string): ArtifactStore {
  return directoryStore(join(folder, '.flow/store'));
}

async function sha256Of(store: ArtifactStore, key: string): Promise<string | undefined> {
  if (!(await store.head(key))) return undefined;
  return createHash('sha256')
    .update((await store.read(key)).bytes)
    .digest('hex');
}
