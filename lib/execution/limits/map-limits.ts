import type { EventBounds, MapBound } from '../../asl/event-bounds.ts';
import { serviceLimits } from '../../asl/limits.ts';
import { about, atShare, count, type LimitFinding, plural } from './finding.ts';
import type { ExecutionUsage } from './usage.ts';

const { historyEvents, payloadBytes, inlineConcurrency } = serviceLimits;
const advice = 'make it a distributed Map, which keeps each item in an execution of its own';

/** Events of the shortest iteration there is: started, one state entered and exited, succeeded. */
const leastPerIteration = 4;

/** How many iterations each inline Map can have until its events or its output break a limit. */
export function mapLimits(bounds: EventBounds, usages: readonly ExecutionUsage[]): LimitFinding[] {
  return bounds.maps.flatMap((map) => [
    ...tooWide(map),
    ...writtenOut(map),
    seenUsage(map, bounds, usages) ?? foreseen(map, bounds),
  ]);
}

function tooWide({ stateName, maxConcurrency = 0 }: MapBound): LimitFinding[] {
  if (maxConcurrency <= inlineConcurrency) return [];
  const message = `MaxConcurrency ${count(maxConcurrency)} is more than the ${inlineConcurrency} iterations that an inline Map runs at once; ${advice}`;
  return [{ severity: 'warning', state: stateName, message }];
}

/** Items that stand in the definition are as many each time. */
function writtenOut({ stateName, itemCount = 0, perIteration }: MapBound): LimitFinding[] {
  const leastEvents = itemCount * leastPerIteration;
  const usualEvents = itemCount * perIteration;
  if (usualEvents <= historyEvents) return [];
  const isCertain = leastEvents > historyEvents;
  const events = isCertain ? `at least ${count(leastEvents)}` : `about ${count(usualEvents)}`;
  const message = `${count(itemCount)} items make ${events} events, more than the ${count(historyEvents)} of an execution; ${advice}`;
  return [{ severity: isCertain ? 'error' : 'warning', state: stateName, message }];
}

function foreseen({ stateName, perIteration }: MapBound, { fixed }: EventBounds): LimitFinding {
  const breaksAt = (historyEvents - fixed) / perIteration;
  const message = `${perIteration} of ${count(historyEvents)} events per iteration; breaks at about ${about(breaksAt)} iterations; no execution recorded yet`;
  return { severity: 'note', state: stateName, message };
}

/** What the execution with most iterations says about how many there can be. */
function seenUsage(map: MapBound, bounds: EventBounds, usages: readonly ExecutionUsage[]): LimitFinding | undefined {
  const { stateName } = map;
  const iterationsIn = (usage: ExecutionUsage) => usage.iterations.get(stateName) ?? 0;
  const [most] = usages.toSorted((one, other) => iterationsIn(other) - iterationsIn(one));
  if (!most || iterationsIn(most) === 0) return undefined;
  const iterations = iterationsIn(most);
  const perIteration = seenPerIteration(map, bounds, most);
  const events = iterations * perIteration;
  const outputBytes = most.payloads.get(stateName)?.outputBytes ?? 0;
  const byEvents = iterations + (historyEvents - most.eventCount) / perIteration;
  const byBytes = outputBytes === 0 ? Number.POSITIVE_INFINITY : (payloadBytes / outputBytes) * iterations;
  const used =
    byEvents <= byBytes
      ? `about ${about(events)} of ${count(historyEvents)} events`
      : `an output of ${count(outputBytes)} of ${count(payloadBytes)} bytes`;
  const breaksAt = about(Math.min(byEvents, byBytes));
  const message = `${plural(iterations, 'iteration')} seen in ${plural(usages.length, 'execution')}, ${used}; breaks at ${breaksAt} iterations`;
  return atShare(iterations / Math.min(byEvents, byBytes), { state: stateName, message }, advice);
}

/** The definition says how the events divide among the Maps, the execution how many there were with all retries. */
function seenPerIteration(map: MapBound, { fixed, maps }: EventBounds, usage: ExecutionUsage): number {
  const expected = maps.reduce(
    (events, { stateName, perIteration }) => events + perIteration * (usage.iterations.get(stateName) ?? 0),
    0,
  );
  const actual = usage.eventCount - fixed;
  return actual > 0 && expected > 0 ? map.perIteration * (actual / expected) : map.perIteration;
}
