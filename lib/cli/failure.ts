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

/** The sentence in a cause: Lambda wraps it in JSON together with a stack trace. */
export function sentenceIn(cause: string): string {
  if (!cause.startsWith('{')) return cause;
  try {
    const parsed = LambdaCause.safeParse(JSON.parse(cause));
    return parsed.success ? parsed.data.errorMessage : cause;
  } catch {
    // a cause is free text that may merely begin like JSON, and the service cuts long ones off
    return cause;
  }
}
