import { constantPayloads } from '../../asl/constant-payloads.ts';
import { type EventBounds, eventBounds, type LoopBound } from '../../asl/event-bounds.ts';
import { serviceLimits } from '../../asl/limits.ts';
import { parse } from '../../asl/parse.ts';
import type { Machine } from '../../asl/types.ts';
import { about, atShare, count, type LimitFinding, plural } from './finding.ts';
import { mapLimits } from './map-limits.ts';
import type { ExecutionUsage } from './usage.ts';

const { historyEvents, payloadBytes, definitionBytes } = serviceLimits;

/**
 * How a state machine stands to the service's limits: from its definition alone, and from executions that it has had.
 *
 * @throws {UsageError} the definition cannot be parsed; lint it first
 */
export function checkLimits(aslText: string, usages: readonly ExecutionUsage[]): LimitFinding[] {
  const machine = parse(aslText);
  const bounds = eventBounds(machine);
  const maps = mapLimits(bounds, usages);
  const hasBeenTold = ({ severity, state }: LimitFinding) =>
    severity === 'note' && maps.some((finding) => finding.state === state);
  return [
    ...definitionSize(aslText),
    ...constantSizes(machine),
    ...maps,
    ...bounds.loops.map((loop) => loopLimit(loop, bounds, usages)),
    ...eventCount(bounds, usages),
    ...largestPayload(usages).filter((finding) => !hasBeenTold(finding)),
  ];
}

function definitionSize(aslText: string): LimitFinding[] {
  const bytes = Buffer.byteLength(aslText);
  const message = `the definition has ${count(bytes)} of ${count(definitionBytes)} bytes`;
  if (bytes > definitionBytes) return [{ severity: 'error', message }];
  return [atShare(bytes / definitionBytes, { message }, 'move a part of it into a flow of its own')].filter(isUrgent);
}

function constantSizes(machine: Machine): LimitFinding[] {
  return constantPayloads(machine)
    .filter(({ leastBytes }) => leastBytes > payloadBytes)
    .map(({ stateName, field, leastBytes }) => ({
      severity: 'error',
      state: stateName,
      message: `${field} writes out at least ${count(leastBytes)} bytes, more than the ${count(payloadBytes)} of a payload; hand it on by reference`,
    }));
}

function loopLimit(
  { stateNames, perRound }: LoopBound,
  { fixed }: EventBounds,
  usages: readonly ExecutionUsage[],
): LimitFinding {
  const [state = '', ...others] = stateNames;
  const rounds = Math.max(0, ...usages.map(({ visits }) => visits.get(state) ?? 0));
  const most = (historyEvents - fixed) / perRound;
  const seen =
    usages.length === 0
      ? 'no execution recorded yet'
      : `at most ${count(rounds)} seen in ${plural(usages.length, 'execution')}`;
  const message = `can repeat without end${others.length > 0 ? ` with ${others.join(', ')}` : ''}; breaks after about ${about(most)} rounds of ${perRound} events; ${seen}`;
  return atShare(rounds / most, { state, message }, 'go on in a new execution before that');
}

/** Only where no Map and no loop explains it. */
function eventCount({ maps, loops, fixed }: EventBounds, usages: readonly ExecutionUsage[]): LimitFinding[] {
  if (maps.length + loops.length > 0) return [];
  const most = Math.max(fixed, ...usages.map((usage) => usage.eventCount));
  const message = `an execution has ${count(most)} of ${count(historyEvents)} events`;
  return [atShare(most / historyEvents, { message }, 'move a part of it into a flow of its own')].filter(isUrgent);
}

function largestPayload(usages: readonly ExecutionUsage[]): LimitFinding[] {
  const all = usages.flatMap(({ payloads }) =>
    [...payloads].flatMap(([state, { inputBytes, outputBytes }]) => [
      { state, what: 'input', bytes: inputBytes },
      { state, what: 'output', bytes: outputBytes },
    ]),
  );
  const [largest] = all.toSorted((one, other) => other.bytes - one.bytes);
  if (!largest) return [];
  const { state, what, bytes } = largest;
  const message = `its ${what} of ${count(bytes)} of ${count(payloadBytes)} bytes is the largest payload in ${plural(usages.length, 'execution')}`;
  return [atShare(bytes / payloadBytes, { state, message }, 'hand it on by reference')];
}

function isUrgent({ severity }: LimitFinding): boolean {
  return severity !== 'note';
}
