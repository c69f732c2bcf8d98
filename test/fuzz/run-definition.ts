import { lint } from '../../lib/asl/lint.ts';
import { parse } from '../../lib/asl/parse.ts';
import { invalidDefinitionMessage } from '../../lib/asl/validate/diagnostic.ts';
import { type ExecutionEnd, execute } from '../../lib/engine/execute.ts';
import { createHistory, type RecordedEvent } from '../../lib/engine/history.ts';
import { planResume } from '../../lib/engine/resume-plan.ts';
import { createTaskTokens } from '../../lib/engine/task-tokens.ts';
import type { Json } from '../../lib/json.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { madeUpResources } from './made-up-resources.ts';

/** An execution that has come to its end. */
export interface Ended {
  readonly kind: 'ended';
  readonly end: ExecutionEnd;
  readonly events: readonly RecordedEvent[];
}

/** What became of a definition. */
export type Outcome = Ended | { readonly kind: 'refused'; readonly message: string };

/** Enough for every machine that means to end; a loop without end stops here and not at 25,000. */
const maxEvents = 1_000;

/** Lints a definition and, if nothing speaks against it, runs it to its end under a virtual clock. */
export async function runDefinition(text: string, input: Json): Promise<Outcome> {
  const errors = lint(text).filter(({ severity }) => severity === 'ERROR');
  if (errors.length > 0) return { kind: 'refused', message: invalidDefinitionMessage(errors) };
  return run(text, input, []);
}

/** Goes on with an execution of which only the first events were kept. */
export function redriveDefinition(text: string, input: Json, kept: readonly RecordedEvent[]): Promise<Ended> {
  return run(text, input, kept);
}

async function run(text: string, input: Json, kept: readonly RecordedEvent[]): Promise<Ended> {
  const clock = fakeClock({ autoAdvance: true });
  const tokens = createTaskTokens();
  const events: RecordedEvent[] = [...kept];
  const isRedrive = kept.length > 0;
  const running = execute({
    machine: parse(text),
    identity: {
      executionArn: 'arn:aws:states:us-east-1:123456789012:execution:fuzz:1',
      executionName: '1',
      startTime: new Date(clock.now()).toISOString(),
      input,
      roleArn: 'arn:aws:iam::123456789012:role/fuzz',
      redriveCount: isRedrive ? 1 : 0,
      stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:fuzz',
      stateMachineName: 'fuzz',
    },
    history: createHistory(clock, { take: (event) => void events.push(event) }, kept.length),
    world: { clock, tokens, resources: madeUpResources({ clock, tokens }) },
    maxEvents: maxEvents + kept.length,
    ...(isRedrive && { plan: planResume(kept) }),
  });
  const end = await Promise.race([running.ended, stuck(clock)]);
  return { kind: 'ended', end, events };
}

/** Rejects when an execution waits for something that nothing in its world will ever do. */
async function stuck(clock: FakeClock): Promise<never> {
  for (let quietTurns = 0; quietTurns < 200; ) {
    await new Promise((resolve) => setImmediate(resolve));
    quietTurns = clock.sleeperCount > 0 ? 0 : quietTurns + 1;
  }
  throw new Error('the execution does not end: nothing happens any more');
}
