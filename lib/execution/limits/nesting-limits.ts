import { type FlowDefinition, flowsStartedBy } from '../../flow/check-flow.ts';
import type { LimitFinding } from './finding.ts';

/** How deep executions nest that begin with this flow; flows that start one another in a circle nest without end. */
export function nestingLimits(definition: FlowDefinition, all: readonly FlowDefinition[]): LimitFinding[] {
  const byName = new Map(all.map((one) => [one.flow.name, one]));
  const start = definition.flow.name;
  const way = wayBack(start, byName);
  if (way) {
    const message = `starts itself again (${way.join(' → ')}): nothing in the definitions bounds how deep its executions nest`;
    return [{ severity: 'warning', message }];
  }
  const deepest = deepestWay(start, byName, new Map());
  if (deepest.length < 3) return [];
  return [{ severity: 'note', message: `executions nest ${deepest.length} deep: ${deepest.join(' → ')}` }];
}

type Flows = ReadonlyMap<string, FlowDefinition>;

function startedBy(name: string, flows: Flows): string[] {
  const definition = flows.get(name);
  return definition ? flowsStartedBy(definition) : [];
}

/** The way from a flow over those it starts back to itself. */
function wayBack(start: string, flows: Flows): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const waiting = [start];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    for (const next of startedBy(name, flows)) {
      if (next === start) return [...wayTo(name, cameFrom), start];
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, name);
      waiting.push(next);
    }
  }
  return undefined;
}

function wayTo(name: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const before = cameFrom.get(name);
  return before === undefined ? [name] : [...wayTo(before, cameFrom), name];
}

/** @param known what has been found out about flows already; nothing about one that is being looked at */
function deepestWay(name: string, flows: Flows, known: Map<string, string[]>): string[] {
  const found = known.get(name);
  if (found) return found;
  known.set(name, []);
  const ways = startedBy(name, flows).map((next) => deepestWay(next, flows, known));
  const deepest = ways.reduce((longest, way) => (way.length > longest.length ? way : longest), []);
  known.set(name, [name, ...deepest]);
  return [name, ...deepest];
}
