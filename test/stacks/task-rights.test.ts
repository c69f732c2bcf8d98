import { describe, expect, it } from 'vitest';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import type { TaskManifest } from '../../lib/flow/flow.ts';
import { declaredStore } from '../../lib/task/declared-store.ts';
import { memoryStore } from '../support/memory-store.ts';
import { aFlow, madeUpEnvironment } from './made-up-environment.ts';
import { permissionsOf } from './permissions.ts';

const keys = [
  'results/plum-jam/2026/11/20/monday/Cook/1.json',
  'results/pear-jam/2026/11/20/monday/Cook/1.json',
  'artifacts/jam/20261120T000000Z-monday/data.parquet',
  'artifacts/jam/latest.json',
  'artifacts/jam-latest.parquet',
  'artifacts/jams/latest.json',
  'artifacts/plums/latest.json',
  'artifacts/plums-latest.parquet',
  'rejected/jam/20261120T000000Z-monday/manifest.json',
  'rejected/plums/20261120T000000Z-monday/manifest.json',
  'state/leases/jam.json',
];

/** What a store can be asked, and the action that S3 wants for it. */
const uses: Record<string, (store: ArtifactStore, key: string) => Promise<unknown>> = {
  's3:GetObject': (store, key) => store.head(key),
  's3:PutObject': (store, key) => store.write(key, ''),
  's3:DeleteObject': (store, key) => store.remove([key]),
};

describe('the rights of a task', () => {
  it.each<{ name: string; manifest: TaskManifest }>([
    { name: 'nothing', manifest: {} },
    { name: 'what it reads', manifest: { reads: ['plums'] } },
    { name: 'what it publishes', manifest: { writes: ['jam'] } },
    { name: 'both', manifest: { reads: ['plums'], writes: ['jam'] } },
    { name: 'what it keeps', manifest: { state: ['leases'] } },
    { name: 'that it reads everything', manifest: { reads: ['*'] } },
    { name: 'that it maintains everything', manifest: { writes: ['*'] } },
  ])('are the same on AWS as on a laptop, when its manifest declares $name', async ({ manifest }) => {
    expect(onAws(manifest)).toEqual(await onLaptop(manifest));
  });
});

function onAws(manifest: TaskManifest): string[] {
  const { group } = madeUpEnvironment({ flows: [aFlow({ name: 'plum-jam', tasks: { Cook: manifest } })] });
  const allowed = permissionsOf(group('fruit'), 'lambda.amazonaws.com');
  return everyUse()
    .filter(([action, key]) =>
      allowed.some((permission) => {
        const [, pattern] = permission.split(`${action} on {bucket}/`);
        if (pattern === undefined) return false;
        return pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
      }),
    )
    .map(String);
}

async function onLaptop(manifest: TaskManifest): Promise<string[]> {
  const store = declaredStore(memoryStore(), { flowName: 'plum-jam', taskName: 'Cook', manifest });
  const answers = await Promise.all(
    everyUse().map(async ([action, key]) => {
      try {
        await uses[action]?.(store, key);
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'UndeclaredAccessError') return false;
        throw error;
      }
    }),
  );
  return everyUse()
    .filter((_, index) => answers[index])
    .map(String);
}

function everyUse(): (readonly [action: string, key: string])[] {
  return Object.keys(uses).flatMap((action) => keys.map((key) => [action, key] as const));
}
