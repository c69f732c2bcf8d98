import { StatesError } from '../errors.ts';
import { StateFailed } from './failure.ts';
import { append, type Frame } from './frame.ts';

/** Kinds of states whose being aborted is an event; the others are over as soon as they are entered. */
const abortable = new Set(['Task', 'Wait', 'Parallel', 'Map']);

/**
 * Aborts lines of states because one of them, or all around them, failed.
 *
 * The state that each is in gets its `…StateAborted` event; lines that have ended are left alone.
 *
 * @param options.after the event that all of this follows from
 * @param options.reason what one of them threw; one that no state could do anything about ends the execution there and
 *   then, and nothing more is said about any line
 * @param options.tell what else to record for a line, before its state's event
 */
export function abortFrames(
  frames: readonly Frame[],
  options: { after: number; reason: unknown; tell?: (frame: Frame, index: number) => void },
): void {
  for (const [index, frame] of frames.entries()) {
    if (frame.cancellation.isCancelled) continue;
    frame.lastEventId = options.after;
    if (!endsExecution(options.reason)) {
      options.tell?.(frame, index);
      if (frame.current && abortable.has(frame.current.type)) append(frame, `${frame.current.type}StateAborted`, {});
    }
    delete frame.current;
    frame.cancellation.cancel();
    frame.cancellation.release();
  }
}

function endsExecution(reason: unknown): boolean {
  const name = reason instanceof StateFailed ? reason.failure.error : reason instanceof StatesError && reason.name;
  return name === 'States.Runtime';
}
