import type { State, StateGraph } from '../asl/types.ts';
import type { Json } from '../json.ts';
import type { Frame } from './frame.ts';
import type { FramePlan, OpenVisit } from './resume-plan.ts';
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

/** Every type of state there is. */
export const stateTypes: readonly string[] = Object.keys(behaviours);

/**
 * Runs a line of states from its start; it waits only for what takes time, so states that only compute follow one
 * another at once.
 *
 * @returns the output of the last state
 * @throws {StateFailed} a state failed and nothing caught it
 * @throws {Cancelled} the line was aborted
 */
export const runGraph: RunGraph = async (frame, graph, input) => {
  let position: Position = frame.plan
    ? continueFrom(frame, frame.plan, { name: graph.startAt, input })
    : { name: graph.startAt, input };
  while (position.name !== undefined) {
    const state = stateNamed(graph, position.name);
    const behave = behaviours[state.type] as Parameters<typeof visitState>[2]; // looked up by the state's own type
    const { input: value, resumed } = position;
    const visited = visitState(frame, { state, input: value, ...(resumed && { resumed }) }, behave);
    const step = visited instanceof Promise ? await visited : visited;
    position = { name: step.next, input: step.output };
  }
  delete frame.current;
  frame.cancellation.release();
  return position.input;
};

interface Position {
  /** Undefined at the end of the line. */
  readonly name: string | undefined;
  readonly input: Json;
  readonly resumed?: OpenVisit;
}

/** Takes up a line where it stood, its variables as they were. */
function continueFrom(frame: Frame, plan: FramePlan, start: Position): Position {
  for (const { assigned } of plan.visits) {
    const values = Object.entries(assigned).map(([name, text]): [string, Json] => [name, JSON.parse(text)]);
    if (values.length > 0) frame.variables = { ...frame.variables, ...Object.fromEntries(values) };
  }
  const { current } = plan;
  if (current) return { name: current.name, input: JSON.parse(current.input), resumed: current };
  const last = plan.visits.at(-1);
  return last ? { name: last.next, input: JSON.parse(last.output) } : start;
}

function stateNamed(graph: StateGraph, name: string): State {
  const state = graph.states.get(name);
  if (!state) throw new Error(`state '${name}' is not among ${[...graph.states.keys()].join(', ')}`);
  return state;
}
