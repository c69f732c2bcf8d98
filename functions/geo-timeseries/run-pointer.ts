import * as z from 'zod';
import { furtherPointerKey } from '../../lib/artifact/further-pointers.ts';
import { ArtifactConflictError } from '../../lib/artifact/publish-errors.ts';
import { ConditionFailedError, ObjectNotFoundError } from '../../lib/artifact/store-errors.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';
import { geoTimeseriesFiles } from './geo-timeseries-files.contract.ts';
import { keyPart } from './output-keys.ts';
import { outputTasks } from './output-tasks.contract.ts';
import type { RunPlan } from './run-plan.ts';

/** Where readers of a run find it: as a whole, or the newest version of each group after partial runs. */
const runPointer = z.object({
  bucket: z.string(),
  modelId: z.string(),
  runId: z.string(),
  version: z.string(),
  outputUrl: z.string(),
  execution: z.string(),
  executionStartedAt: z.string(),
  /** The version that holds the files of each group; raw rows, lists and results are in the newest. */
  groups: z.record(z.string(), z.string()),
  /** All of these: what the clean-up of old versions leaves alone. */
  versions: z.array(z.string()),
});

/**
 * Lets readers of a run find its new files; until then they have the old ones, never some of each.
 *
 * @throws {ArtifactConflictError} another execution of the same run did so meanwhile
 */
export async function movePointer(
  { artifacts, executionName, executionStartedAt, log }: TaskContext,
  plan: RunPlan,
  { version, outputUrl }: { version: string; outputUrl: string },
): Promise<string> {
  const { model_id: modelId, run_id: runId } = plan.request;
  const key = furtherPointerKey(geoTimeseriesFiles.name, [plan.bucket, modelId, runId].map(keyPart).join('/'));
  const before = await artifacts.read(key).catch((error: unknown) => {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  });
  const earlier = before && runPointer.parse(JSON.parse(Buffer.from(before.bytes).toString()));
  if (earlier && Date.parse(earlier.executionStartedAt) > executionStartedAt.getTime()) {
    log.warn('an execution that started later has published this run already; its files stay current', { key });
    return key;
  }
  const made = outputTasks.filter((task) => !plan.skipped[task]).map((task) => [task, version]);
  const groups: Record<string, string> = { ...earlier?.groups, ...Object.fromEntries(made) };
  const pointer: z.output<typeof runPointer> = {
    ...{ bucket: plan.bucket, modelId, runId, version, outputUrl },
    execution: executionName,
    executionStartedAt: executionStartedAt.toISOString(),
    groups,
    versions: [...new Set([version, ...Object.values(groups)])].sort(),
  };
  try {
    await artifacts.write(key, JSON.stringify(pointer), before ? { ifMatch: before.etag } : { ifAbsent: true });
  } catch (error) {
    if (!(error instanceof ConditionFailedError)) throw error;
    throw new ArtifactConflictError(
      `the run '${modelId}/${runId}' was published by another execution meanwhile; trying again is safe`,
      { cause: error },
    );
  }
  return key;
}
