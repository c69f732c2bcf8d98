import * as z from 'zod';
import type { ExecutionTree, Failure, StateVisit } from './progress/execution-tree.ts';

/** The innermost state that made an execution fail, with the execution it belongs to. */
export interface FailurePoint {
  readonly executionName: string;
  readonly flowName: string;
  readonly stateName?: string;
  /** Iteration of the Map around the state, counting from 0. */
  readonly iteration?: number;
  readonly failure: Failure;
}

/**
 * Where and why an execution failed; follows the failure into the executions it started. Undefined when it did not.
 *
 * @param outerFailure what is said of the execution that started this one
 */
export function failurePointIn(tree: ExecutionTree, outerFailure?: Failure): FailurePoint | undefined {
  if (tree.status === 'RUNNING' || tree.status === 'SUCCEEDED') return undefined;
  const visit = failedVisitIn(tree.states);
  // an execution that was stopped from outside has no reason of its own
  const ownFailure = tree.failure ?? outerFailure;
  const deeper = visit?.child && failurePointIn(visit.child, ownFailure);
  // what ended both at once is told from outside, where it can be mended
  if (deeper && deeper.failure.error === ownFailure?.error) return { ...deeper, failure: ownFailure };
  if (deeper) return deeper;
  const reasons = visit?.status === 'ABORTED' ? [ownFailure, visit.failure] : [visit?.failure, ownFailure];
  const failure = reasons.find((reason) => reason !== undefined) ?? { error: tree.status, cause: '' };
  return {
    executionName: tree.executionName,
    flowName: tree.flowName,
    ...(visit && { stateName: visit.name }),
    ...(visit?.iteration !== undefined && { iteration: visit.iteration }),
    failure,
  };
}

function failedVisitIn(visits: readonly StateVisit[]): StateVisit | undefined {
  const failed = visits.findLast(({ status }) => status === 'FAILED' || status === 'ABORTED');
  return failed && (failedVisitIn(failed.inner) ?? failed);
}

/** What Lambda writes into a cause. */
const LambdaCause = z.object({ errorMessage: z.string() });

/** What Step Functions writes into the cause of a state whose execution failed: that execution's description. */
const ExecutionCause = z.object({ Name: z.string(), Status: z.string(), Error: z.string().optional() });

/** The sentence in a cause: Lambda and Step Functions wrap it in JSON, together with what is shown elsewhere. */
export function sentenceIn(cause: string): string {
  const parsed = tryParse(cause);
  const lambda = LambdaCause.safeParse(parsed);
  if (lambda.success) return lambda.data.errorMessage;
  const execution = ExecutionCause.safeParse(parsed);
  if (!execution.success) return cause;
  const { Name: name, Status: status, Error: error } = execution.data;
  return `execution ${name} is ${status}${error ? `, ${error}` : ''}`;
}

/** A cause is free text that may merely begin like JSON, and the service cuts long ones off. */
function tryParse(cause: string): unknown {
  if (!cause.startsWith('{')) return undefined;
  try {
    return JSON.parse(cause);
  } catch {
    return undefined; // then it is shown as it is
  }
}
