import { parameterPath, secretsOfStack } from '../environment.ts';
import { UsageError } from '../errors.ts';
import { type FlowDefinition, flowsStartedBy } from '../flow/check-flow.ts';
import { firstOf } from './first-of.ts';
import { lintFlow } from './lint-flow.ts';
import type { World } from './world.ts';

/** A secret that a task reads and nobody has set. */
export interface MissingSecret {
  readonly name: string;
  readonly flowName: string;
  readonly taskNames: readonly string[];
}

/**
 * Looks for what would make an execution fail anyway, before anything is written.
 *
 * @throws {UsageError} a state machine has errors, a secret is missing, or the store cannot be read
 */
export async function checkBeforeStart(world: World, definition: FlowDefinition): Promise<void> {
  // what is deployed was checked when it was; and who may start it need not have the right to read its secrets
  if (world.environment.runsOn === 'engine') {
    const needed = withFlowsItStarts(definition, world.flows);
    for (const each of needed) refuseErrors(each);
    await refuseMissingSecrets(world, needed);
  }
  // one key is enough: a store that cannot be read throws its own sentence
  await firstOf(world.artifacts.list('artifacts/'), 1);
}

function refuseErrors(definition: FlowDefinition): void {
  const error = lintFlow(definition).find(({ severity }) => severity === 'error');
  if (!error) return;
  throw new UsageError(`${error.file}${error.state ? `, state '${error.state}'` : ''}: ${error.message}`, {
    hint: `'flow check ${definition.flow.name}' lists everything that is wrong with it`,
  });
}

async function refuseMissingSecrets(world: World, needed: readonly FlowDefinition[]): Promise<void> {
  const missing = (await Promise.all(needed.map(({ flow }) => missingSecretsOf(world, flow.name)))).flat();
  if (missing.length === 0) return;
  const { environment } = world;
  throw new UsageError(missing.map(sayMissing).join('; '), { hint: whereToSet(missing[0], environment) });
}

/** `missing secret 'NYT_API_KEY', which FetchNews of 'headline-trends' reads`. */
export function sayMissing({ name, flowName, taskNames }: MissingSecret): string {
  return `missing secret '${name}', which ${taskNames.join(', ')} of flow '${flowName}' ${taskNames.length === 1 ? 'reads' : 'read'}`;
}

/** What to do about a missing secret on an environment. */
export function whereToSet(missing: MissingSecret | undefined, environment: World['environment']): string {
  const name = missing?.name ?? '<NAME>';
  return environment.runsOn === 'engine'
    ? `set ${name} in .env or as a process variable; .env.example says where to get it`
    : `put it into SSM as the SecureString ${parameterPath(environment.name, name)}`;
}

/** The secrets that a flow's tasks declare and that have no value. */
export async function missingSecretsOf(world: World, flowName: string): Promise<MissingSecret[]> {
  const tasks = Object.entries(world.flows.find(({ flow }) => flow.name === flowName)?.flow.tasks ?? {});
  const declared = [...new Set(tasks.flatMap(([, task]) => task.secrets ?? []))];
  const names = declared.filter((name) => !secretsOfStack(world.environment).includes(name));
  const secrets = world.secretsOf(flowName);
  const values = await Promise.all(names.map((name) => secrets.find(name)));
  return names
    .filter((_, index) => values[index] === undefined)
    .map((name) => ({
      name,
      flowName,
      taskNames: tasks.filter(([, task]) => task.secrets?.includes(name)).map(([taskName]) => taskName),
    }));
}

/** A flow and, transitively, the flows that its state machine starts; those that do not exist are the linter's. */
function withFlowsItStarts(definition: FlowDefinition, flows: readonly FlowDefinition[]): FlowDefinition[] {
  const found = new Set([definition]);
  for (const each of found) {
    for (const name of flowsStartedBy(each)) {
      const started = flows.find(({ flow }) => flow.name === name);
      if (started) found.add(started);
    }
  }
  return [...found];
}
