import * as z from 'zod';
import { UsageError } from '../../errors.ts';
import { type Fired, runSchedules } from '../../execution/run-schedules.ts';
import { nextFireTime } from '../../flow/schedule.ts';
import { checkBeforeStart } from '../before-start.ts';
import type { Command, Invocation } from '../command.ts';
import { findFlow } from '../find-flow.ts';
import { formatTime } from '../format.ts';
import { parseCount } from '../parse-count.ts';
import { paintFor } from '../terminal.ts';
import type { Endpoint, World } from '../world.ts';

const Options = z.object({ port: z.string().optional() });

const defaultPort = 4_200;

/** What becomes of executions that run when serving ends: they are aborted, and `flow redrive` takes them up again. */
const stopped = { error: 'Interrupted', cause: 'flow serve was stopped' };

/** Runs schedules and answers the Step Functions API until Ctrl-C. */
export const serve: Command = {
  options: [{ flags: '--port <number>', description: `port of 127.0.0.1; ${defaultPort} when left out, 0 for any` }],
  runsTasks: true,
  examples: [
    'flow serve',
    'flow serve --port 8083 --live',
    'aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:4200',
  ],
  async run(invocation) {
    const { world } = invocation;
    const { port } = Options.parse(invocation.options);
    if (!world.openEndpoint) {
      throw new UsageError(`flow serve runs on this machine; '${world.environment.name}' runs on AWS`, {
        hint: 'leave --env out; on AWS, schedules fire by themselves',
      });
    }
    const endpoint = await world.openEndpoint(parseCount(port, '--port', 0) ?? defaultPort);
    announce(invocation, endpoint);
    const fired = await serveUntilInterrupted(invocation, endpoint);
    const text = fired.length === 0 ? 'stopped' : `stopped; schedules fired: ${fired.length}`;
    return { text, json: { url: endpoint.url, fired: fired.map(firedJson) } };
  },
};

async function serveUntilInterrupted(invocation: Invocation, endpoint: Endpoint): Promise<readonly Fired[]> {
  const { world, terminal } = invocation;
  const ending = new AbortController();
  const interrupted = Promise.withResolvers<void>();
  const interrupt = terminal.onInterrupt(() => {
    // a second Ctrl-C is the terminal's own, and ends the process at once
    interrupt[Symbol.dispose]();
    interrupted.resolve();
    ending.abort();
  });
  const fired: Fired[] = [];
  const schedules = runSchedules({
    flows: world.flows.map(({ flow }) => flow),
    executions: world.executions,
    clock: world.clock,
    signal: ending.signal,
    ...(world.onPublished ? { onPublished: world.onPublished } : {}),
    beforeStart: (flow) => checkBeforeStart(world, findFlow(world.flows, flow.name)),
    onFire(one) {
      fired.push(one);
      say(invocation, sayFired(one));
    },
  });
  try {
    // schedules may all be over, or there may be none; a failing one ends the serving
    await Promise.race([interrupted.promise, schedules.then(() => interrupted.promise)]);
    say(invocation, 'stopping; executions that still run are aborted, and can be redriven');
  } finally {
    interrupt[Symbol.dispose]();
    ending.abort();
    await endpoint.close(stopped);
  }
  await schedules;
  return fired;
}

/** Only the report goes to stdout with `--json`. */
function say({ terminal, isJson }: Invocation, line: string): void {
  (isJson ? terminal.stderr : terminal.stdout).write(`${line}\n`);
}

function announce(invocation: Invocation, { url }: Endpoint): void {
  const { world, terminal } = invocation;
  const paint = paintFor(terminal.stdout);
  say(invocation, `${paint('bold', 'Step Functions API')} on ${url}`);
  say(invocation, paint('dim', `  aws stepfunctions list-state-machines --endpoint-url ${url}`));
  for (const line of scheduleLines(world)) say(invocation, line);
  say(invocation, paint('dim', `${sayWhoAnswers(world)}; Ctrl-C stops`));
}

function scheduleLines({ flows, clock }: World): string[] {
  const now = new Date(clock.now());
  return flows.flatMap(({ flow }) =>
    flow.schedules.flatMap((schedule) => {
      const next = nextFireTime(schedule, now);
      return next ? [`${formatTime(next, 'minutes')} UTC  ${flow.name} is due next`] : [];
    }),
  );
}

function sayWhoAnswers({ source }: World): string {
  return source.kind === 'samples' ? `source: the sample server at ${source.url}` : 'source: live';
}

function sayFired({ flow, dueAt, outcome, executionName, reason }: Fired): string {
  const time = `${formatTime(dueAt, 'minutes')} UTC`;
  if (outcome === 'started') return `${time}  ${flow.name} started as ${executionName}`;
  if (outcome === 'skipped') return `${time}  ${flow.name} skipped, because ${executionName} still runs`;
  return `${time}  ${flow.name} not started: ${reason}`;
}

function firedJson({ flow, dueAt, outcome, executionName, reason }: Fired): unknown {
  return { flow: flow.name, dueAt: dueAt.toISOString(), outcome, execution: executionName ?? null, reason };
}
