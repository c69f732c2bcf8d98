import { createHash } from 'node:crypto';

/*
 * Names of what an environment has on AWS. They are made from the environment, the flow and the task alone, so that
 * whoever looks for a resource needs no listing, and one flow can name another without depending on its stack.
 */

const project = 'DataFlows';

/** Name of an environment's stack, event bus, schedule group and, with a suffix, of everything else in it. */
export function deployedName(environment: string, ...suffixes: string[]): string {
  return [project, environment, ...suffixes].join('-');
}

/** Name of a flow's state machine; at most 80 characters, because a flow's name has at most 60. */
export function stateMachineName(environment: string, flowName: string): string {
  return deployedName(environment, flowName);
}

/** Name of a task's Lambda; what is longer than the 64 characters allowed ends in a digest of the whole name. */
export function functionName(environment: string, flowName: string, taskName: string): string {
  return shortened(deployedName(environment, flowName, taskName), 64);
}

/** Name of one of a flow's schedules, counted from 0 in the manifest's order. */
export function scheduleName(flowName: string, index: number): string {
  return shortened(index === 0 ? flowName : `${flowName}-${index + 1}`, 64);
}

/** Name of the log group of a task's Lambda. */
export function taskLogGroupName(environment: string, flowName: string, taskName: string): string {
  return `/${project}/${environment}/${flowName}/${taskName}`;
}

/**
 * Name of the log group that a flow's state machine writes its history to.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html for why it starts with `/aws/vendedlogs/`
 */
export function stateMachineLogGroupName(environment: string, flowName: string): string {
  return `/aws/vendedlogs/states/${stateMachineName(environment, flowName)}`;
}

/** Name of the bucket that holds an environment's store; the account keeps it apart from everyone else's. */
export function resultBucketName(environment: string, target: { account: string; region: string }): string {
  return `${project.toLowerCase()}-${environment}-${target.account}-${target.region}`;
}

function shortened(name: string, maxLength: number): string {
  if (name.length <= maxLength) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, maxLength - digest.length - 1)}-${digest}`;
}
