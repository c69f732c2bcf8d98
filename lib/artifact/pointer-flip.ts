import { pointerKey } from './key.ts';
import { type Pointer, readPointer } from './pointer.ts';
import { ArtifactConflictError, ArtifactSupersededError } from './publish-errors.ts';
import type { Publisher } from './publisher.ts';
import { ConditionFailedError } from './store-errors.ts';
import { jsonText } from './stored-json.ts';

/**
 * Moves the pointer, if it is still the one that was seen at the start; `etagSeen` is undefined when there was none.
 *
 * @throws {ArtifactConflictError} another execution moved it meanwhile
 * @throws {ArtifactSupersededError} the other execution started later
 */
export async function flipPointer(publisher: Publisher, pointer: Pointer, etagSeen: string | undefined): Promise<void> {
  const condition = etagSeen === undefined ? ({ ifAbsent: true } as const) : { ifMatch: etagSeen };
  try {
    await publisher.artifacts.write(pointerKey(pointer.name), jsonText(pointer), condition);
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    const found = (await readPointer(publisher.artifacts, pointer.name))?.pointer;
    // a request that was repeated after its answer got lost meets its own work
    if (found?.version === pointer.version) return;
    refuseOlder(publisher, found);
    throw new ArtifactConflictError(
      `artifact '${pointer.name}' was published as ${found?.version ?? 'nothing'} while ${pointer.version} was being ` +
        'made; nothing was published, and trying again is safe',
      { cause: error },
    );
  }
}

/** @throws {ArtifactSupersededError} what readers have comes from an execution that started later than ours */
export function refuseOlder({ executionStartedAt }: Publisher, current: Pointer | undefined): void {
  if (!current || Date.parse(current.executionStartedAt) <= executionStartedAt.getTime()) return;
  throw new ArtifactSupersededError(
    `artifact '${current.name}' is at ${current.version}, from an execution that started later ` +
      `(${current.executionStartedAt}) than this one (${executionStartedAt.toISOString()}); nothing was published`,
  );
}
