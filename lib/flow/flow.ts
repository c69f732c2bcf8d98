import type * as z from 'zod';
import type { ArtifactContract } from '../contract.ts';
import { UsageError } from '../errors.ts';
import type { Schedule } from './schedule.ts';

/** What one task may use; its Lambda, its IAM role and its local world are made from this and nothing else. */
export interface TaskManifest {
  /** Longest run of one attempt, in seconds; the service's own limit is 900. @default 60 */
  readonly timeoutSeconds?: number;
  /** Memory of the Lambda in MiB; a vCPU comes with every 1,769. @default 512 */
  readonly memoryMiB?: number;
  /** Room for its work folder in MiB, which Lambda has on a disk of its own. @default 512 */
  readonly storageMiB?: number;
  /** Names of the secrets it reads (`PRICE_API_KEY`). */
  readonly secrets?: readonly string[];
  /** Names of secrets that it reads when they are set, and does without when they are not. */
  readonly optionalSecrets?: readonly string[];
  /** Names of the settings it reads (`PRICES_FROM_DAY`), base URLs excepted: those are `calls`. */
  readonly settings?: readonly string[];
  /** Sources it reaches, by their base URL setting (`PRICES_API_URL`). */
  readonly calls?: readonly string[];
  /** What it keeps from one execution to the next: names of folders below `state/`, which it reads and writes. */
  readonly state?: readonly string[];
  /** Artifacts it reads; `*` for every artifact. */
  readonly reads?: readonly string[];
  /** Artifacts it publishes; `*` for every artifact (maintenance only: this includes the right to delete versions). */
  readonly writes?: readonly string[];
  /** Whether it puts events of its own on the bus; what publishes does so anyway. @default false */
  readonly emits?: boolean;
}

/** What happens when an execution is due while one of the same flow still runs. */
export type Overlap = 'skip' | 'queue' | 'allow';

/** A named pipeline: a state machine, when it runs, the tasks it calls and the artifacts it publishes. */
export interface Flow {
  /** Kebab-case; names the state machine, its files and its executions. */
  readonly name: string;
  readonly description: string;
  /** The family of flows that share sources; a folder, and a nested stack on AWS. */
  readonly group: string;
  readonly schedules: readonly Schedule[];
  /** Artifacts whose publishing starts it, with no input. */
  readonly startsOn: readonly string[];
  /** What an execution accepts as input. */
  readonly input: z.ZodType;
  /** By the name that `${<Task>Arn}` uses in the ASL file: PascalCase. */
  readonly tasks: Readonly<Record<string, TaskManifest>>;
  /**
   * The task that is told when an execution has failed or timed out; no state needs to call it, so that an execution
   * ends at the state that failed, and a redrive goes on there. One that was stopped is not told of: whoever did knows.
   *
   * @see lib/task/failed-execution.ts for its input
   */
  readonly onFailure?: string;
  readonly artifacts: readonly ArtifactContract[];
  readonly overlap: Overlap;
  /** Age of the newest artifact, in hours, from which the operator is alarmed. */
  readonly maxStalenessHours?: number;
}

/** A flow as written in its manifest; what is left out gets the defaults of {@link defineFlow}. */
export type FlowManifest = Pick<Flow, 'name' | 'description' | 'group' | 'input'> & Partial<Flow>;

const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const pascalCase = /^[A-Z][A-Za-z0-9]*$/;

/**
 * Completes a manifest and refuses one that could not be deployed.
 *
 * @default schedules none, startsOn none, tasks none, artifacts none, overlap `skip`
 * @throws {UsageError} a name or a limit is not one the service takes
 */
export function defineFlow(manifest: FlowManifest): Flow {
  const flow: Flow = { schedules: [], startsOn: [], tasks: {}, artifacts: [], overlap: 'skip', ...manifest };
  for (const [what, name] of [
    ['flow', flow.name],
    ['group', flow.group],
  ] as const) {
    if (!kebabCase.test(name)) throw new UsageError(`${what} name '${name}' is not kebab-case, such as 'asset-prices'`);
  }
  if (flow.name.length > 60) throw new UsageError(`flow name '${flow.name}' is longer than 60 characters`);
  for (const [name, task] of Object.entries(flow.tasks)) checkTask(flow.name, name, task);
  if (flow.onFailure !== undefined && !(flow.onFailure in flow.tasks)) {
    const declared = Object.keys(flow.tasks).join(', ') || 'none';
    throw new UsageError(`onFailure of flow '${flow.name}' is '${flow.onFailure}', no task of it; it has ${declared}`);
  }
  return flow;
}

function checkTask(flowName: string, taskName: string, task: TaskManifest): void {
  const where = `task '${taskName}' of flow '${flowName}'`;
  if (!pascalCase.test(taskName)) throw new UsageError(`${where} is not PascalCase, such as 'FetchPrices'`);
  if (taskName.endsWith('Flow') || taskName === 'EventBus') {
    throw new UsageError(`${where} has a name that is reserved: \${…FlowArn} names a flow, \${EventBusArn} the bus`);
  }
  const { timeoutSeconds, memoryMiB, storageMiB } = { ...taskDefaults, ...task };
  if (timeoutSeconds < 1 || timeoutSeconds > 900) {
    throw new UsageError(`${where} has timeoutSeconds ${timeoutSeconds}; Lambda allows 1 to 900`);
  }
  if (memoryMiB < 128 || memoryMiB > 10_240) {
    throw new UsageError(`${where} has memoryMiB ${memoryMiB}; Lambda allows 128 to 10,240`);
  }
  if (storageMiB < 512 || storageMiB > 10_240) {
    throw new UsageError(`${where} has storageMiB ${storageMiB}; Lambda allows 512 to 10,240`);
  }
}

/** What a task gets when its manifest does not say. */
export const taskDefaults = { timeoutSeconds: 60, memoryMiB: 512, storageMiB: 512 } as const;
