import type { State, StateGraph } from './types.ts';

/** Names of the states that a state may lead to. */
export function targetsOf(state: State): string[] {
  const targets = state.catch.map(({ next }) => next);
  if (state.next !== undefined) targets.push(state.next);
  if (state.type !== 'Choice') return targets;
  targets.push(...state.rules.map(({ next }) => next));
  if (state.default !== undefined) targets.push(state.default);
  return targets;
}

/**
 * The states that lie on a way from a state back to itself, or between two such ways; none when every way ends.
 *
 * States that nothing leads to any more, or that lead nowhere any more, are taken away until none is left to take.
 */
export function repeatingStates(graph: StateGraph): string[] {
  const next = new Map([...graph.states.values()].map((state) => [state.name, targetsOf(state)]));
  const previous = new Map([...next.keys()].map((name): [string, string[]] => [name, []]));
  for (const [name, targets] of next) for (const target of targets) previous.get(target)?.push(name);
  const left = new Set(next.keys());
  takeEnds(left, { from: previous, to: next });
  takeEnds(left, { from: next, to: previous });
  return [...left];
}

type Links = ReadonlyMap<string, readonly string[]>;

/** Takes away every state to which no link leads from a state that is left. */
function takeEnds(left: Set<string>, { from, to }: { from: Links; to: Links }): void {
  const counts = new Map<string, number>();
  for (const name of left) counts.set(name, (from.get(name) ?? []).filter((source) => left.has(source)).length);
  const ends = [...left].filter((name) => counts.get(name) === 0);
  for (let name = ends.pop(); name !== undefined; name = ends.pop()) {
    left.delete(name);
    for (const target of to.get(name) ?? []) {
      if (!left.has(target)) continue;
      const count = (counts.get(target) ?? 0) - 1;
      counts.set(target, count);
      if (count === 0) ends.push(target);
    }
  }
}
