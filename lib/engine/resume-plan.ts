import type { Json } from '../json.ts';
import type { RecordedEvent } from './history.ts';

/** What a line of states had done when its execution ended or its process was killed. Values are JSON text. */
export interface FramePlan {
  /** States that were left, in order. */
  readonly visits: FinishedVisit[];
  /** The state it was in. */
  current?: OpenVisit;
}

/** A state that was left for good. */
export interface FinishedVisit {
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly assigned: Readonly<Record<string, string>>;
  /** Absent when the line ended here. */
  readonly next?: string;
  readonly enteredEventId: number;
  /** The lines inside it, by the last part of their path. */
  readonly children: Map<string, FramePlan>;
}

/** A state that was entered and not left. */
export interface OpenVisit {
  readonly name: string;
  readonly input: string;
  readonly enteredEventId: number;
  readonly children: Map<string, FramePlan>;
  /** What its task had given, when it was cut off right after that. */
  result?: string;
  /** Whether it had set its branches or iterations going. */
  isStarted: boolean;
  /** Entered once more although it had been left, because the definition has changed since. */
  readonly isReentered?: boolean;
}

/** Reads off a history where each line of states has to go on. */
export function planResume(events: Iterable<RecordedEvent>): FramePlan {
  const root: FramePlan = { visits: [] };
  for (const event of events) {
    const plan = planAt(root, event.frame);
    if (plan) apply(plan, event);
  }
  return root;
}

/** What a line gave that had come to its end; undefined when it had not. */
export function endedOutput(plan: FramePlan): Json | undefined {
  const last = plan.visits.at(-1);
  return plan.current || !last || last.next !== undefined ? undefined : JSON.parse(last.output);
}

function planAt(root: FramePlan, path: string): FramePlan | undefined {
  let plan = root;
  if (path === '') return plan;
  for (const segment of path.split('/')) {
    const children = plan.current?.children;
    if (!children) return undefined; // the state around it has ended: what its lines still say no longer matters
    let child = children.get(segment);
    if (!child) {
      child = { visits: [] };
      children.set(segment, child);
    }
    plan = child;
  }
  return plan;
}

const taskResultTypes = new Set(['TaskSucceeded', 'LambdaFunctionSucceeded', 'ActivitySucceeded']);

function apply(plan: FramePlan, event: RecordedEvent): void {
  const { type, details } = event;
  if (type.endsWith('StateEntered')) {
    plan.current = entered(plan, event);
  } else if (type.endsWith('StateExited') && plan.current) {
    const { name, input, enteredEventId, children } = plan.current;
    plan.visits.push({
      name,
      input,
      enteredEventId,
      children,
      output: String(details.output),
      assigned: (details.assignedVariables ?? {}) as Record<string, string>, // written as texts by name
      ...(event.next !== undefined && { next: event.next }),
    });
    delete plan.current;
  } else if (taskResultTypes.has(type) && plan.current) {
    plan.current.result = String(details.output);
  } else if ((type === 'MapStateStarted' || type === 'ParallelStateStarted') && plan.current) {
    if (!event.continues) plan.current.children.clear();
    plan.current.isStarted = true;
  }
}

function entered(plan: FramePlan, { details, id, continues }: RecordedEvent): OpenVisit {
  const name = String(details.name);
  const visit = { name, input: String(details.input), enteredEventId: id, isStarted: false };
  const before = continues ? plan.visits.findLastIndex((finished) => finished.name === name) : -1;
  const [left] = before < 0 ? [] : plan.visits.splice(before);
  return { ...visit, children: left?.children ?? new Map() };
}
