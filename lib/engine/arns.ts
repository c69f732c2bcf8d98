import { functionName, stateMachineName } from '../flow/deployed-names.ts';
import type { Flow } from '../flow/flow.ts';
import { substituteReferences } from '../flow/task-path.ts';

/*
 * ARNs of what only exists in this process. They look like the service's, so that definitions, contexts and histories
 * read the same here and there; account and region are made up.
 */

const environment = 'local';
const account = '000000000000';
const region = 'us-east-1';

/** The role that local executions say they run under. */
export const localRoleArn = `arn:aws:iam::${account}:role/DataFlows-local`;

/** Key of a state machine that is no flow: what stands where a flow's name would. */
export function machineKey(name: string): string {
  return `@${name}`;
}

/** Name of a flow's state machine, or of the one with this key. */
export function machineName(flowName: string): string {
  return flowName.startsWith('@') ? flowName.slice(1) : stateMachineName(environment, flowName);
}

export function stateMachineArn(flowName: string): string {
  return `arn:aws:states:${region}:${account}:stateMachine:${machineName(flowName)}`;
}

export function executionArn(flowName: string, executionName: string): string {
  return `arn:aws:states:${region}:${account}:execution:${machineName(flowName)}:${executionName}`;
}

/** @param id tells executions of the same name apart: names of express executions need not be unique */
export function expressExecutionArn(flowName: string, executionName: string, id: string): string {
  return `arn:aws:states:${region}:${account}:express:${machineName(flowName)}:${executionName}:${id}`;
}

export function activityArn(name: string): string {
  return `arn:aws:states:${region}:${account}:activity:${name}`;
}

export function functionArn(flowName: string, taskName: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${functionName(environment, flowName, taskName)}`;
}

/** A flow's definition with every `${…Arn}` filled in for this process. */
export function localDefinition(flow: Flow, aslText: string): string {
  return substituteReferences(aslText, (reference) => {
    if (reference.kind === 'task') return functionArn(flow.name, reference.taskName);
    if (reference.kind === 'flow') return stateMachineArn(reference.flowName);
    return `arn:aws:events:${region}:${account}:event-bus/${environment}`;
  });
}
