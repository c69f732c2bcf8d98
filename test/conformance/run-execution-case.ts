import { parse } from '../../lib/asl/parse.ts';
import { invalidDefinitionMessage } from '../../lib/asl/validate/diagnostic.ts';
import { validateDefinition } from '../../lib/asl/validate/validate-definition.ts';
import { type ExecutionEnd, execute } from '../../lib/engine/execute.ts';
import { createHistory } from '../../lib/engine/history.ts';
import { createTaskTokens } from '../../lib/engine/task-tokens.ts';
import type { HistoryEvent } from '../../lib/execution/history-event.ts';
import type { Json } from '../../lib/json.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { type ConformanceCase, definitionText } from './case.ts';
import { difference } from './match.ts';
import { historyDifference, linksDifference } from './match-history.ts';
import { recordedObjects } from './recorded-objects.ts';
import { standIns } from './stand-ins.ts';

const startsAt = '2026-01-01T00:00:00.000Z';
const dayMs = 86_400_000;

interface Recording {
  readonly end: ExecutionEnd | { readonly status: 'RUNNING' };
  readonly events: readonly HistoryEvent[];
}

/** How an execution differs from what was recorded. */
export interface ExecutionVerdict {
  readonly problems: readonly string[];
  /** Whether every event follows from the one it was recorded to follow from; absent where that cannot be compared. */
  readonly hasSameLinks?: boolean;
}

/** Runs the machine of a case under a virtual clock and compares what happens with what was recorded. */
export async function judgeExecution(recorded: ConformanceCase): Promise<ExecutionVerdict> {
  const refusals = validateDefinition(definitionText(recorded), { type: recorded.type });
  if (refusals.length > 0) return { problems: [invalidDefinitionMessage(refusals)] };
  const { end, events } = await runMachine(recorded);
  const { status, events: expectedEvents, eventsOrder, eventLinks } = recorded.expected;
  const problems = [
    difference(status ?? null, end.status, 'status'),
    ...(status === 'RUNNING' ? [] : ['output', 'error', 'cause'].map((field) => fieldDifference(recorded, end, field))),
    Array.isArray(expectedEvents) && recorded.type === 'STANDARD'
      ? historyDifference(expectedEvents, events, eventsOrder)
      : undefined,
  ].filter((problem) => problem !== undefined);
  if (eventLinks === undefined || eventsOrder !== 'total') return { problems };
  return { problems, hasSameLinks: linksDifference(eventLinks, events) === undefined };
}

function fieldDifference({ expected }: ConformanceCase, end: object, field: string): string | undefined {
  const actual = Object.entries(end).find(([name]) => name === field)?.[1] as Json | undefined; // ends hold JSON only
  const wanted = expected[field];
  if (wanted !== undefined) return difference(wanted, actual, field);
  return actual === undefined ? undefined : `${field}: not expected, got ${JSON.stringify(actual)}`;
}

async function runMachine(recorded: ConformanceCase): Promise<Recording> {
  const clock = fakeClock({ startsAt, autoAdvance: true });
  const tokens = createTaskTokens();
  const events: HistoryEvent[] = [];
  const name = 'e5f1c1a2-0000-4000-8000-000000000001';
  const machineName = 'conformance-machine';
  const prefix = 'arn:aws:states:us-east-1:111111111111';
  const running = execute({
    machine: parse(definitionText(recorded)),
    identity: {
      executionArn: `${prefix}:${recorded.type === 'EXPRESS' ? 'express' : 'execution'}:${machineName}:${name}${recorded.type === 'EXPRESS' ? `:${name}` : ''}`,
      executionName: name,
      startTime: new Date(clock.now()).toISOString(),
      input: withTimes(recorded.input ?? {}),
      roleArn: 'arn:aws:iam::111111111111:role/conformance',
      ...(hasRedriveCount(recorded) && { redriveCount: 0 }),
      stateMachineArn: `${prefix}:stateMachine:${machineName}`,
      stateMachineName: machineName,
    },
    history: createHistory(clock, { take: (event) => void events.push(event) }),
    world: {
      clock,
      tokens,
      resources: standIns(recorded, { clock, tokens }),
      objects: recordedObjects(recorded, new Date(clock.now())),
    },
  });
  const end = await Promise.race([running.ended, idle(clock)]);
  return { end, events };
}

/** The day Step Functions learned to redrive executions; context objects recorded before it have no count of them. */
const redriveSince = Date.parse('2023-11-15');

/** Executions that the caller waits for cannot be redriven, so their context object has no count either. */
function hasRedriveCount({ recordedOn, features }: ConformanceCase): boolean {
  const recordedAt = Date.parse(recordedOn.split('-').reverse().join('-'));
  return recordedAt >= redriveSince && !features.includes('sync-execution');
}

/** Resolves when an execution waits for something that nothing in its world will ever do. */
async function idle(clock: FakeClock): Promise<{ status: 'RUNNING' }> {
  for (let quietTurns = 0; quietTurns < 50; ) {
    await new Promise((resolve) => setImmediate(resolve));
    quietTurns = clock.sleeperCount > 0 ? 0 : quietTurns + 1;
  }
  return { status: 'RUNNING' };
}

/** `<<now+3d>>` in an input is a time three days after the start. */
function withTimes(input: Json): Json {
  const text = JSON.stringify(input).replaceAll(/<<now\+(\d+)d>>/g, (_, days: string) =>
    new Date(Date.parse(startsAt) + Number(days) * dayMs).toISOString(),
  );
  return JSON.parse(text);
}
