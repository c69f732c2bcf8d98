import type { State, StateGraph } from '../asl/types.ts';
import { UsageError } from '../errors.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { FinishedVisit, FramePlan } from './resume-plan.ts';

/**
 * The plan for going on with another definition: each line goes back to its first state that is no longer the same.
 *
 * Inside a Map or Parallel that is itself unchanged, only the lines are looked at; what they did stays done.
 *
 * @throws {UsageError} a state that was entered is no longer there
 */
export function adaptPlan(plan: FramePlan, before: StateGraph, now: StateGraph): FramePlan {
  const visits: FinishedVisit[] = [];
  for (const visit of plan.visits) {
    const comparison = compare(visit.name, before, now);
    const children = comparison.isSame ? adaptChildren(visit.children, comparison) : new Map<string, FramePlan>();
    const isUnfinished = [...children.values()].some((child) => child.current?.isReentered);
    if (!comparison.isSame || isUnfinished) {
      const { name, input, enteredEventId } = visit;
      const current = { name, input, enteredEventId, children, isStarted: children.size > 0, isReentered: true };
      return { visits, current };
    }
    visits.push({ ...visit, children });
  }
  if (!plan.current) return { visits };
  const comparison = compare(plan.current.name, before, now);
  if (!comparison.isSame) {
    const { result: _, ...open } = plan.current;
    return { visits, current: { ...open, children: new Map(), isStarted: false } };
  }
  return { visits, current: { ...plan.current, children: adaptChildren(plan.current.children, comparison) } };
}

interface Comparison {
  readonly isSame: boolean;
  readonly before?: State;
  readonly now?: State;
}

function compare(name: string, before: StateGraph, now: StateGraph): Comparison {
  const one = before.states.get(name);
  const other = now.states.get(name);
  if (!other) {
    throw new UsageError(`the execution cannot go on at state '${name}', which the current definition does not have`, {
      hint: 'redrive it with the definition it was started with, or start a new execution',
    });
  }
  if (!one) return { isSame: false };
  return { isSame: ownText(one.definition) === ownText(other.definition), before: one, now: other };
}

/** A state without what is nested in it. */
function ownText(definition: Json): string {
  if (!isJsonObject(definition)) return JSON.stringify(definition);
  const { ItemProcessor, Iterator: iterator, Branches, ...own } = definition;
  const branchCount = Array.isArray(Branches) ? Branches.length : 0;
  return JSON.stringify([own, branchCount, ItemProcessor === undefined, iterator === undefined]);
}

function adaptChildren(children: Map<string, FramePlan>, comparison: Comparison): Map<string, FramePlan> {
  const adapted = [...children].map(([key, child]): [string, FramePlan] => {
    const before = comparison.before && graphOf(comparison.before, key);
    const now = comparison.now && graphOf(comparison.now, key);
    return [key, before && now ? adaptPlan(child, before, now) : child];
  });
  return new Map(adapted);
}

/** The states that a line inside a state runs; its key is that of {@link FramePlan} children. */
function graphOf(state: State, key: string): StateGraph | undefined {
  if (state.type === 'Map') return state.processor;
  if (state.type !== 'Parallel') return undefined;
  const index = /\{(\d+)\}$/.exec(key)?.[1];
  return index === undefined ? undefined : state.branches[Number(index)];
}
