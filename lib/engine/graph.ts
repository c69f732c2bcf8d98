import type { State, StateGraph } from '../asl/types.ts';
import type { Json } from '../json.ts';
import type { Frame } from './frame.ts';
import { runChoice } from './states/choice.ts';
import { runFail } from './states/fail.ts';
import { runMap } from './states/map.ts';
import { runParallel } from './states/parallel.ts';
import { runPass } from './states/pass.ts';
import { runSucceed } from './states/succeed.ts';
import { runTask } from './states/task.ts';
import { runWait } from './states/wait.ts';
import { type AnyBehaviour, visitState } from './visit.ts';

/** Runs states one after another until one ends the line. */
export type RunGraph = (frame: Frame, graph: StateGraph, input: Json) => Promise<Json>;

const behaviours: Readonly<Record<State['type'], AnyBehaviour>> = {
  Pass: runPass,
  Succeed: runSucceed,
  Fail: runFail,
  Wait: runWait,
  Choice: runChoice,
  Task: runTask,
  Parallel: (frame, visit) => runParallel(frame, visit, runGraph),
  Map: (frame, visit) => runMap(frame, visit, runGraph),
};

/**
 * Runs a line of states from its start; it waits only for what takes time, so states that only compute follow one
 * another at once.
 *
 * @returns the output of the last state
 * @throws {StateFailed} a state failed and nothing caught it
 * @throws {Cancelled} the line was aborted
 */
export const runGraph: RunGraph = async (frame, graph, input) => {
  let name: string | undefined = graph.startAt;
  let value = input;
  while (name !== undefined) {
    const state = stateNamed(graph, name);
    const visited = visitState(frame, state, value, behaviours[state.type] as Parameters<typeof visitState>[3]); // looked up by the state's own type
    const step = visited instanceof Promise ? await visited : visited;
    value = step.output;
    name = step.next;
  }
  delete frame.current;
  frame.cancellation.release();
  return value;
};

function stateNamed(graph: StateGraph, name: string): State {
  const state = graph.states.get(name);
  if (!state) throw new Error(`state '${name}' is not among ${[...graph.states.keys()].join(', ')}`);
  return state;
}
