import { repeatingStates } from './transitions.ts';
import type { MapState, State, StateGraph } from './types.ts';

/** How many history events a state machine makes, as far as its definition tells. */
export interface EventBounds {
  /** Events of an execution that visits every state once, without any iteration of an inline Map. */
  readonly fixed: number;
  /** Every inline Map, outermost first. */
  readonly maps: readonly MapBound[];
  /** Groups of states that lead back to themselves: nothing in the definition bounds how often. */
  readonly loops: readonly LoopBound[];
}

/** What each iteration of an inline Map adds to the history. */
export interface MapBound {
  readonly stateName: string;
  /** Events of one iteration that visits each of its states once, without iterations of Maps inside. */
  readonly perIteration: number;
  /** Length of `Items`, where they are written out. */
  readonly itemCount?: number;
  /** `MaxConcurrency`, where it is written out. */
  readonly maxConcurrency?: number;
}

/** States that lead back to themselves. */
export interface LoopBound {
  readonly stateNames: readonly string[];
  /** Events of one round through all of them. */
  readonly perRound: number;
}

/** The execution's own first and last event. */
const executionEvents = 2;

/** Bounds the events of a state machine; the states of distributed Maps have executions, and histories, of their own. */
export function eventBounds(machine: StateGraph): EventBounds {
  const maps: MapBound[] = [];
  const loops: LoopBound[] = [];
  return { fixed: executionEvents + eventsOf(machine, { maps, loops }), maps, loops };
}

interface Found {
  readonly maps: MapBound[];
  readonly loops: LoopBound[];
}

/** Events of one pass through a line of states, each visited once. */
function eventsOf(graph: StateGraph, found: Found): number {
  let sum = 0;
  const byState = new Map<string, number>();
  for (const state of graph.states.values()) {
    const events = eventsOfState(state, found);
    byState.set(state.name, events);
    sum += events;
  }
  const repeating = repeatingStates(graph);
  if (repeating.length > 0) {
    const perRound = repeating.reduce((events, name) => events + (byState.get(name) ?? 0), 0);
    found.loops.push({ stateNames: repeating, perRound });
  }
  return sum;
}

/** Events of states that have no states inside: entered, exited, and what happens in between. */
const plainEvents = { Pass: 2, Wait: 2, Choice: 2, Succeed: 2, Fail: 1 } as const;

function eventsOfState(state: State, found: Found): number {
  switch (state.type) {
    case 'Task':
      // entered, scheduled, started, succeeded, exited; a task that is waited for is also submitted
      return /\.(sync(:2)?|waitForTaskToken)$/.test(state.resource) ? 6 : 5;
    case 'Parallel':
      return 4 + state.branches.reduce((events, branch) => events + eventsOf(branch, found), 0);
    case 'Map':
      return eventsOfMap(state, found);
    default:
      return plainEvents[state.type];
  }
}

function eventsOfMap(state: MapState, found: Found): number {
  // entered, started, Map Run started and succeeded, succeeded, exited
  if (state.mode === 'DISTRIBUTED') return 6;
  const inner: Found = { maps: [], loops: found.loops };
  const { Items: items, MaxConcurrency: maxConcurrency } = state.definition;
  const bound: MapBound = {
    stateName: state.name,
    // iteration started and succeeded
    perIteration: 2 + eventsOf(state.processor, inner),
    ...(Array.isArray(items) && { itemCount: items.length }),
    ...(typeof maxConcurrency === 'number' && { maxConcurrency }),
  };
  found.maps.push(bound, ...inner.maps);
  return 4;
}
