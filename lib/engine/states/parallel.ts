import type { ParallelState } from '../../asl/types.ts';
import type { Json } from '../../json.ts';
import { abortFrames } from '../abort.ts';
import { Cancelled } from '../failure.ts';
import { childFrame, type Frame, frameKey, record, scopeOf } from '../frame.ts';
import type { RunGraph } from '../graph.ts';
import { finish, type StateVisit, type Step } from '../visit.ts';

/** Runs every branch on the same input; its result is their outputs, in the order of the branches. */
export async function runParallel(frame: Frame, visit: StateVisit<ParallelState>, runGraph: RunGraph): Promise<Step> {
  const { state, input } = visit;
  const branchInput = await state.data.prepare(scopeOf(frame, visit.visit, input));
  const { resumed } = visit;
  if (!resumed?.isStarted) record(frame, 'ParallelStateStarted', {});
  else if (resumed.isReentered) record(frame, 'ParallelStateStarted', {}, { continues: true });
  const frames = state.branches.map((_, index) => {
    const key = frameKey.branch(state.name, index);
    const plan = resumed?.children.get(key);
    return childFrame(frame, { key, ...(plan && { plan }) });
  });
  const outputs = await runBranches(frame, frames, (branchFrame, index) => {
    const branch = state.branches[index];
    if (!branch) throw new Error(`state '${state.name}' has no branch ${index}`);
    return runGraph(branchFrame, branch, branchInput);
  });
  record(frame, 'ParallelStateSucceeded', {});
  return finish(frame, visit, outputs);
}

async function runBranches(
  parent: Frame,
  frames: readonly Frame[],
  runBranch: (frame: Frame, index: number) => Promise<Json>,
): Promise<Json[]> {
  let hasFailed = false;
  const runs = frames.map(async (frame, index) => {
    try {
      const output = await runBranch(frame, index);
      if (!hasFailed) parent.lastEventId = frame.lastEventId;
      return output;
    } catch (error) {
      if (hasFailed || error instanceof Cancelled) throw error;
      hasFailed = true;
      parent.lastEventId = frame.lastEventId;
      abortFrames(frames, { after: frame.lastEventId, reason: error });
      throw error;
    }
  });
  return Promise.all(runs);
}
