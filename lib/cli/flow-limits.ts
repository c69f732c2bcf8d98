import { checkLimits } from '../execution/limits/check-limits.ts';
import type { LimitFinding } from '../execution/limits/finding.ts';
import { nestingLimits } from '../execution/limits/nesting-limits.ts';
import { type ExecutionUsage, measureUsage } from '../execution/limits/usage.ts';
import type { FlowDefinition, FlowProblem } from '../flow/check-flow.ts';
import { aslPath } from '../flow/task-path.ts';
import type { World } from './world.ts';

/** The newest executions of each flow that are looked at: enough to know it, and soon read from AWS too. */
const mostExecutions = 5;

/** How near a flow is to the service's limits. */
export interface FlowLimits {
  readonly problems: readonly FlowProblem[];
  /** Limits that are far enough away. */
  readonly notes: readonly FlowNote[];
}

/** A figure about a flow that nothing needs to be done about. */
export type FlowNote = Omit<FlowProblem, 'severity'>;

/** Compares a flow that lints with the service's limits, by its definition and its newest executions. */
export async function flowLimits(world: World, definition: FlowDefinition): Promise<FlowLimits> {
  const { flow, aslText } = definition;
  const usages = await newestUsages(world, flow.name);
  const problems: FlowProblem[] = [];
  const notes: FlowNote[] = [];
  for (const finding of [...checkLimits(aslText, usages), ...nestingLimits(definition, world.flows)]) {
    const { severity, ...note } = said(finding, definition);
    if (severity === 'note') notes.push(note);
    else problems.push({ severity, ...note });
  }
  return { problems, notes };
}

function said(finding: LimitFinding, { flow }: FlowDefinition): FlowNote & Pick<LimitFinding, 'severity'> {
  return { flowName: flow.name, file: aslPath(flow), ...finding };
}

async function newestUsages({ executions }: World, flowName: string): Promise<ExecutionUsage[]> {
  const usages: ExecutionUsage[] = [];
  for await (const { arn } of executions.list(flowName)) {
    usages.push(await measureUsage(executions.history(arn)));
    if (usages.length === mostExecutions) break;
  }
  return usages;
}
