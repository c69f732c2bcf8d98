import type { ArtifactStore } from '../artifact/artifact-store.ts';
import type { TaskManifest } from '../flow/flow.ts';
import { UndeclaredAccessError } from './task-errors.ts';

/** Refuses a key unless the manifest allows to use it so. */
type Check = (use: 'reads' | 'writes' | 'deletes', key: string) => void;

/**
 * A store with the rights of one task: the results of its own flow, and the artifacts and state it declares.
 *
 * Whoever may write an artifact may read it, and may write what was rejected; only `writes: ['*']` may delete.
 */
export function declaredStore(
  store: ArtifactStore,
  task: { readonly flowName: string; readonly taskName: string; readonly manifest: TaskManifest },
): ArtifactStore {
  const check = checkAgainst(task);
  return {
    url: store.url,
    async head(key) {
      check('reads', key);
      return await store.head(key);
    },
    async read(key) {
      check('reads', key);
      return await store.read(key);
    },
    async write(key, body, condition) {
      check('writes', key);
      return await store.write(key, body, condition);
    },
    async upload(key, filePath, condition) {
      check('writes', key);
      return await store.upload(key, filePath, condition);
    },
    async writeAll(objects) {
      const all = [...objects];
      for (const { key } of all) check('writes', key);
      await store.writeAll(all);
    },
    async download(key, filePath) {
      check('reads', key);
      await store.download(key, filePath);
    },
    async copy(fromKey, toKey) {
      check('reads', fromKey);
      check('writes', toKey);
      await store.copy(fromKey, toKey);
    },
    async *list(prefix) {
      check('reads', prefix);
      yield* store.list(prefix);
    },
    async remove(keys) {
      for (const key of keys) check('deletes', key);
      await store.remove(keys);
    },
  };
}

function checkAgainst({ flowName, taskName, manifest }: Parameters<typeof declaredStore>[1]): Check {
  const results = `results/${flowName}/`;
  const writes = manifest.writes ?? [];
  const writable = writes.flatMap((name) => [...artifactPrefixes(name), rejectedPrefix(name)]);
  const state = (manifest.state ?? []).map((name) => `state/${name}/`);
  const allowed = {
    reads: [results, ...state, ...(manifest.reads ?? []).flatMap(artifactPrefixes), ...writable],
    writes: [results, ...state, ...writable],
    deletes: writes.includes('*') ? writable : [],
  };
  const advice = {
    reads: "add the artifact to reads of the task in the flow's manifest",
    writes: "add the artifact to writes of the task in the flow's manifest",
    deletes: "only a maintenance task, with writes: ['*'], may delete",
  };
  return (use, key) => {
    if (allowed[use].some((prefix) => key.startsWith(prefix))) return;
    throw new UndeclaredAccessError(`the task ${taskName} ${use} '${key}', which it does not declare; ${advice[use]}`);
  };
}

function artifactPrefixes(name: string): string[] {
  return name === '*' ? ['artifacts/'] : [`artifacts/${name}/`, `artifacts/${name}-latest.parquet`];
}

function rejectedPrefix(name: string): string {
  return name === '*' ? 'rejected/' : `rejected/${name}/`;
}
