import type { ExecutionStatus } from '../../execution/execution.ts';

/** How far a state is: `CAUGHT` failed for good and was left through a Catch. */
export type StateStatus = 'RUNNING' | 'SUCCEEDED' | 'CAUGHT' | 'FAILED' | 'ABORTED';

/** One visit to a state, as far as the history tells. */
export interface StateVisit {
  readonly name: string;
  /** ASL type: `Task`, `Map`, … */
  readonly type: string;
  status: StateStatus;
  readonly enteredAt: string;
  exitedAt?: string;
  /** Tries of a Task; 1 without retries, 0 for states that call nothing. */
  attempts: number;
  /** The last failure inside the state, also when a retry healed it. */
  failure?: Failure;
  /** Map Runs of a distributed Map, one for each try. */
  readonly mapRunArns: string[];
  /** How far a Map is. */
  iterations?: { total: number; started: number; succeeded: number; failed: number };
  /** States inside branches and iterations, in the order they were entered. */
  readonly inner: StateVisit[];
  /** Iteration of the enclosing Map, counting from 0. */
  readonly iteration?: number;
  /** What tasks answered with: JSON text, in order. */
  readonly outputs: string[];
  /** The execution that this state started and waits for. */
  child?: ExecutionTree;
}

/** ASL error name and its text. */
export interface Failure {
  readonly error: string;
  readonly cause: string;
}

/** An execution as a tree: its states, and below them the executions they started. */
export interface ExecutionTree {
  readonly executionArn: string;
  readonly executionName: string;
  readonly flowName: string;
  status: ExecutionStatus;
  startedAt?: string;
  stoppedAt?: string;
  failure?: Failure;
  readonly states: StateVisit[];
}

/** An execution and all that it started, directly or not, in the order they were started. */
export function executionsIn(tree: ExecutionTree): ExecutionTree[] {
  return [tree, ...visitsIn(tree).flatMap(({ child }) => (child ? executionsIn(child) : []))];
}

/** Every visit of one execution, also inside branches and iterations; not those of executions it started. */
export function visitsIn({ states }: Pick<ExecutionTree, 'states'>): StateVisit[] {
  return states.flatMap((visit) => [visit, ...visitsIn({ states: visit.inner })]);
}
