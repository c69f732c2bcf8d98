import { Arn, ArnFormat, type Stack } from 'aws-cdk-lib';
import { UsageError } from '../errors.ts';
import type { FlowDefinition } from '../flow/check-flow.ts';
import { stateMachineName } from '../flow/deployed-names.ts';
import { type Reference, readReference, referencesIn } from '../flow/task-path.ts';
import type { EnvironmentResources } from './resources.ts';
import type { TaskFunction } from './task-function.ts';

/** Everything that a flow's definition names, by kind: what it is made of and all that its role may touch. */
export interface FlowReferences {
  /** ARN by the name written between `${` and `}`. */
  readonly substitutions: Readonly<Record<string, string>>;
  readonly functionArns: readonly string[];
  /** Flows that it starts, itself not among them. */
  readonly flowNames: readonly string[];
  readonly usesEventBus: boolean;
}

/**
 * Finds out what the names in a flow's ASL file stand for in this environment.
 *
 * Another flow's ARN is made from its name, not taken from its resource: flows of different stacks may start each
 * other without the stacks depending on each other.
 *
 * @throws {UsageError} the file names a task that the manifest does not have
 */
export function flowReferences(
  stack: Stack,
  definition: FlowDefinition,
  { functions, resources }: { functions: ReadonlyMap<string, TaskFunction>; resources: EnvironmentResources },
): FlowReferences {
  const names = referencesIn(definition.aslText);
  const references = names.map(readReference);
  const arnOf = (reference: Reference): string => {
    if (reference.kind === 'event-bus') return resources.eventBus.eventBusArn;
    if (reference.kind === 'flow') return stateMachineArn(stack, resources.environment.name, reference.flowName);
    return functionArn(definition, functions, reference.taskName);
  };
  const arns = references.map(arnOf);
  return {
    substitutions: Object.fromEntries(names.map((name, index) => [name, arns[index] ?? ''])),
    functionArns: arns.filter((_, index) => references[index]?.kind === 'task'),
    flowNames: references.flatMap((reference) => (reference.kind === 'flow' ? [reference.flowName] : [])),
    usesEventBus: references.some((reference) => reference.kind === 'event-bus'),
  };
}

/** ARN of a flow's state machine, made from its name. */
export function stateMachineArn(stack: Stack, environment: string, flowName: string): string {
  return Arn.format(
    {
      service: 'states',
      resource: 'stateMachine',
      resourceName: stateMachineName(environment, flowName),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    },
    stack,
  );
}

function functionArn({ flow }: FlowDefinition, functions: ReadonlyMap<string, TaskFunction>, taskName: string): string {
  const task = functions.get(taskName);
  if (task) return task.function.functionArn;
  throw new UsageError(
    `the state machine of flow '${flow.name}' names \${${taskName}Arn}, but its manifest has no task '${taskName}'; ` +
      `it has ${[...functions.keys()].join(', ') || 'none'}`,
  );
}
