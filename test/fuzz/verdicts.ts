import fc from 'fast-check';
import type { RecordedEvent } from '../../lib/engine/history.ts';
import type { Json } from '../../lib/json.ts';
import { calm } from './calm-plan.ts';
import { input } from './expressions.ts';
import { machinePlan } from './machine-plan.ts';
import { mutate, mutations } from './mutations.ts';
import { redriveDefinition, runDefinition } from './run-definition.ts';
import { writeMachine } from './write-machine.ts';

/** One definition with its input, as it is printed when something is wrong with it. */
export interface Case {
  readonly text: string;
  readonly input: Json;
  /** Percent of the history that is kept before the execution is redriven; absent when it is left alone. */
  readonly keptPercent?: number;
}

const percent = fc.option(fc.nat(100), { nil: undefined });

/** Machines that follow every rule; a third of them also succeed nearly always. */
export const validMachine: fc.Arbitrary<Case> = fc
  .tuple(fc.oneof({ weight: 2, arbitrary: machinePlan }, machinePlan.map(calm)), input, percent)
  .map(([plan, given, keptPercent]) => ({
    text: JSON.stringify(writeMachine(plan)),
    input: given,
    ...(keptPercent !== undefined && { keptPercent }),
  }));

/** Machines that followed every rule until something was done to them. */
export const mutatedMachine: fc.Arbitrary<Case> = fc
  .tuple(machinePlan, input, mutations)
  .map(([plan, given, list]) => ({ text: mutate(writeMachine(plan), list), input: given }));

/** A valid machine is accepted and comes to an end; the same one after it was cut off and redriven, where it can. */
export async function complaintsAboutValid({ text, input: given, keptPercent }: Case): Promise<string[]> {
  const outcome = await runDefinition(text, given);
  if (outcome.kind === 'refused') return [`refused: ${outcome.message}`];
  const complaints = complaintsAboutHistory(outcome.events);
  if (keptPercent === undefined) return complaints;
  // never the last event: an execution that has succeeded is not redriven
  const keptCount = Math.max(1, Math.floor((keptPercent / 100) * (outcome.events.length - 1)));
  const before = outcome.events.slice(0, keptCount);
  const again = await redriveDefinition(text, given, before);
  complaints.push(...complaintsAboutHistory(again.events).map((complaint) => `redriven: ${complaint}`));
  const [first, second] = [outcome.end, again.end].map((end) => JSON.stringify(end));
  if (outcome.end.status === 'SUCCEEDED' && isRepeatable(text) && first !== second) {
    complaints.push(`redriven: ${second} instead of ${first}`);
  }
  return complaints;
}

/**
 * Whether a machine gives the same each time: it does not read the time or its own execution, runs against no clock,
 * and catches nothing, for which of two failures comes first may change with a redrive.
 */
function isRepeatable(text: string): boolean {
  return !/\$now\(|\$states\.context %|"\$\$"|EnteredTime|TimeoutSeconds|"Catch"/.test(text);
}

/** A mutated machine is refused with a message, or comes to an end. */
export async function complaintsAboutMutated({ text, input: given }: Case): Promise<string[]> {
  const outcome = await runDefinition(text, given);
  if (outcome.kind === 'ended') return complaintsAboutHistory(outcome.events);
  return /: .+: .+/s.test(outcome.message) ? [] : [`refused without a reason: ${outcome.message}`];
}

/** Names of JavaScript's own errors: no state may fail of one. */
const internalErrors = /^(Error|TypeError|RangeError|ReferenceError|SyntaxError|UsageError|URIError)$/;

const endings = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/;

function complaintsAboutHistory(events: readonly RecordedEvent[]): string[] {
  const complaints: string[] = [];
  for (const [index, { id, type, details, previousEventId }] of events.entries()) {
    if (id !== index + 1) complaints.push(`event ${index + 1} has the id ${id}`);
    if (previousEventId >= id) complaints.push(`event ${id} follows from ${previousEventId}`);
    if (internalErrors.test(String(details.error))) {
      complaints.push(`${type} with error '${String(details.error)}': ${String(details.cause)}`);
    }
  }
  const ends = events.filter(({ type }) => endings.test(type));
  if (ends.length !== 1 || ends[0] !== events.at(-1))
    complaints.push(`${ends.length} ends, and ${events.at(-1)?.type}`);
  return complaints;
}
